package trino

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"trail403/ingest/engine/running"
	"trail403/ingest/source/retry"
)

// maxPage is how many bytes a page may have. Trino aims at 16 MB, and a single row may be
// larger.
const maxPage = 1 << 30

// page is one answer to a query.
type page struct {
	NextURI string      `json:"nextUri"`
	Data    [][]*string `json:"data"`
	Error   *failure    `json:"error"`
}

// failure is why a query failed.
type failure struct {
	Message   string `json:"message"`
	ErrorName string `json:"errorName"`
	ErrorType string `json:"errorType"`
}

// request makes a request, and again where the network or a busy server is why it failed.
// A page of a result can be asked for again as long as the next one was not.
func (c *Client) request(ctx context.Context, method, url, body string) (p *page, err error) {
	err = c.opts.Retry.Do(ctx, func() error {
		p, err = c.once(ctx, method, url, body)
		return err
	})
	return p, err
}

func (c *Client) once(ctx context.Context, method, url, body string) (*page, error) {
	response, err := c.do(ctx, method, url, body)
	if err != nil {
		return nil, c.network(ctx, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, c.refused(response)
	}
	in := &io.LimitedReader{R: response.Body, N: maxPage}
	p := &page{}
	err = json.NewDecoder(in).Decode(p)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return p, nil
	case in.N <= 0:
		return nil, fmt.Errorf("%s answers with a page of more than %d bytes", c.base.Host, maxPage)
	case errors.As(err, &syntax), errors.As(err, &kind):
		return nil, fmt.Errorf("%s does not answer as Trino does: check --engine-url", c.base.Host)
	}
	return nil, c.network(ctx, err)
}

// network says what an error of the network means.
func (c *Client) network(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return retry.As(retry.Again, fmt.Errorf("no answer from Trino at %s: %w", c.base.Host, plain(err)))
}

// plain returns an error without the URL, which the text around it names.
func plain(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// refused says what a status means that is not 200.
func (c *Client) refused(response *http.Response) error {
	err := fmt.Errorf("the server at %s answers %s", c.base.Host, http.StatusText(response.StatusCode))
	switch code := response.StatusCode; {
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable:
		return retry.As(retry.Slow, err)
	case code == http.StatusBadGateway, code == http.StatusGatewayTimeout:
		return retry.As(retry.Again, err)
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return retry.As(retry.Fatal,
			fmt.Errorf("%w: check --engine-user, TRAIL403_ENGINE_PASSWORD and TRAIL403_ENGINE_TOKEN", err))
	}
	return retry.As(retry.Fatal, fmt.Errorf("%w: check --engine-url", err))
}

// err returns the failure as an error.
func (f *failure) err() error {
	err := fmt.Errorf("the query failed with %s: %s", f.ErrorName, f.Message)
	switch f.ErrorName {
	case "NO_NODES_AVAILABLE", "SERVER_STARTING_UP", "QUERY_QUEUE_FULL", "CLUSTER_OUT_OF_MEMORY":
		return retry.As(retry.Slow, err)
	}
	if running.IsHopeless(f.ErrorName) {
		return retry.As(retry.Fatal, err)
	}
	if f.ErrorType == "INTERNAL_ERROR" {
		return retry.As(retry.Again, err)
	}
	return err // not again, where resources are insufficient: a smaller query may succeed
}
