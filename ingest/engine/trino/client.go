// Package trino runs queries on Trino, by its HTTP protocol.
//
//  1. client.go connects to a coordinator. answer.go makes one request, and says what errors
//     mean.
//  2. query.go runs a query: it posts the SQL and follows the pages of the result.
//     columns.go asks about a table.
//
// https://trino.io/docs/current/develop/client-protocol.html
package trino

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"trail403/ingest/engine/running"
	"trail403/ingest/source/retry"
)

// Options say where Trino is, and who asks.
type Options struct {
	URL   string // of the coordinator
	User  string
	Retry retry.Policy // of a single request

	// Password and Token prove who the user is. At most one of them is set, and both need
	// https.
	Password, Token string
}

// Client runs queries. It is safe for concurrent use.
type Client struct {
	opts Options
	base *url.URL
	http *http.Client

	running running.Queries
}

// Errors of New.
var (
	ErrURL    = errors.New("the URL of Trino does not have the form https://HOST[:PORT]")
	ErrSecret = errors.New("a password or token is sent to Trino only over https")
)

// New returns a client. It makes no request yet.
func New(opts Options) (*Client, error) {
	u, err := url.Parse(opts.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, ErrURL
	}
	if (opts.Password != "" || opts.Token != "") && u.Scheme != "https" {
		return nil, ErrSecret
	}
	c := &Client{opts: opts, base: &url.URL{Scheme: u.Scheme, Host: u.Host}}
	c.http = &http.Client{
		// A redirect may lead to another host, which must not see the password.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// own checks that an address is one of this Trino: another host must not get the
// password.
func (c *Client) own(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host != c.base.Host || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%s sends its result to another address: it needs http-server.process-forwarded=true "+
			"behind a proxy", c.base.Host)
	}
	u.Scheme = c.base.Scheme // a proxy may end TLS
	return u.String(), nil
}

// source is by what name Trino knows the program.
const source = "trail403"

func (c *Client) do(ctx context.Context, method, url, body string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("X-Trino-User", c.opts.User)
	r.Header.Set("X-Trino-Source", source)
	r.Header.Set("X-Trino-Time-Zone", "UTC")
	switch {
	case c.opts.Token != "":
		r.Header.Set("Authorization", "Bearer "+c.opts.Token)
	case c.opts.Password != "":
		r.SetBasicAuth(c.opts.User, c.opts.Password)
	}
	return c.http.Do(r)
}
