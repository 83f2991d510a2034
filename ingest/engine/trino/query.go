package trino

import (
	"context"
	"net/http"

	"trail403/ingest/engine/running"
	"trail403/ingest/source/retry"
)

// Close waits until queries whose context ended are canceled, and closes the connections.
func (c *Client) Close() {
	c.running.Wait()
	c.http.CloseIdleConnections()
}

// Query runs a query whose columns are all texts, and hands out its rows. NULL is empty.
// The retry.Kind of an error says whether to run the query again. The query is canceled
// if the context ends, or if row returns an error.
func (c *Client) Query(ctx context.Context, sql string, row func(cells []string) error) error {
	defer c.running.Begin()()
	next, err := c.run(ctx, sql, row)
	if err != nil && next != "" {
		c.cancel(next)
	}
	return err
}

// run returns, with an error, the address of the next page of the query, at which it can
// be canceled.
func (c *Client) run(ctx context.Context, sql string, row func([]string) error) (next string, err error) {
	p, err := c.post(ctx, sql)
	for {
		if err != nil {
			return next, err
		}
		if p.Error != nil {
			return "", p.Error.err()
		}
		for _, cells := range p.Data {
			if err := row(textsOf(cells)); err != nil {
				return p.NextURI, err
			}
		}
		if next = p.NextURI; next == "" {
			return "", nil
		}
		p, err = c.page(ctx, next)
	}
}

func textsOf(cells []*string) []string {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		if cell != nil {
			texts[i] = *cell
		}
	}
	return texts
}

// cancel ends a query. Where that fails, Trino ends it by itself some minutes later.
func (c *Client) cancel(next string) {
	ctx, stop := context.WithTimeout(context.Background(), running.Within)
	defer stop()
	u, err := c.own(next)
	if err != nil {
		return
	}
	if response, err := c.do(ctx, http.MethodDelete, u, ""); err == nil {
		response.Body.Close()
	}
}

// post starts a query.
func (c *Client) post(ctx context.Context, sql string) (*page, error) {
	return c.request(ctx, http.MethodPost, c.base.JoinPath("/v1/statement").String(), sql)
}

// page gets the next page of a query.
func (c *Client) page(ctx context.Context, next string) (*page, error) {
	u, err := c.own(next)
	if err != nil {
		return nil, retry.As(retry.Fatal, err)
	}
	return c.request(ctx, http.MethodGet, u, "")
}
