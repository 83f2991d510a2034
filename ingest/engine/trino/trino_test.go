package trino

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"trail403/ingest/engine/enginetest"
	"trail403/ingest/engine/query"
	"trail403/ingest/source/retry"
)

var quick = retry.Policy{Attempts: 4, First: time.Millisecond, Longest: time.Millisecond}

func client(t *testing.T, opts Options) *Client {
	t.Helper()
	opts.Retry = quick
	c, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func numbered(n int) (rows [][]string) {
	for i := range n {
		rows = append(rows, []string{fmt.Sprint(i), ""})
	}
	return rows
}

// rowsOf returns the rows of a query.
func rowsOf(ctx context.Context, c *Client) (rows [][]string, err error) {
	err = c.Query(ctx, "SELECT 1", func(cells []string) error {
		rows = append(rows, cells)
		return nil
	})
	return rows, err
}

// Every request may fail a few times, in each way that passes.
func TestFaultsPass(t *testing.T) {
	want := numbered(25)
	for _, status := range []int{0, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout} {
		s := enginetest.NewServer(t, func(string) ([][]string, string) { return want, "" })
		s.PerPage = 4
		var n atomic.Int32
		s.Before = func(w http.ResponseWriter, r *http.Request) bool {
			if n.Add(1)%2 == 0 {
				return false
			}
			if status == 0 { // the connection ends within the answer
				w.Header().Set("Content-Length", "1000")
				_, _ = w.Write([]byte(`{"id":"q","data":[[`)) // The server ends the connection then.
				return true
			}
			w.WriteHeader(status)
			return true
		}
		got, err := rowsOf(t.Context(), client(t, Options{URL: s.URL, User: "u"}))
		if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("status %d: %d rows, %v", status, len(got), err)
		}
	}
}

func TestFaultsThatLast(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		kind   retry.Kind
		says   string
	}{
		"unauthorized": {func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(401) }, retry.Fatal, "check --engine-user"},
		"not found":    {http.NotFound, retry.Fatal, "check --engine-url"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.0.2.1/", http.StatusTemporaryRedirect)
		}, retry.Fatal, "check --engine-url"},
		"no JSON":    {func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "<html>") }, retry.Final, "does not answer as Trino does"},
		"other JSON": {func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"data":"x"}`) }, retry.Final, "does not answer as Trino does"},
		"busy":       {func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }, retry.Slow, "gave up after 4 attempts"},
		"elsewhere": {func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"nextUri":"http://192.0.2.1/v1/x"}`) },
			retry.Fatal, "sends its result to another address"},
	} {
		s := httptest.NewServer(tt.answer)
		_, err := rowsOf(t.Context(), client(t, Options{URL: s.URL, User: "u"}))
		if err == nil || retry.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: kind %d, %v", name, retry.KindOf(err), err)
		}
		s.Close()
	}
}

func TestFailures(t *testing.T) {
	for failure, kind := range map[string]retry.Kind{
		"TABLE_NOT_FOUND": retry.Fatal, "SYNTAX_ERROR": retry.Fatal, "PERMISSION_DENIED": retry.Fatal,
		"NO_NODES_AVAILABLE": retry.Slow, "QUERY_QUEUE_FULL": retry.Slow,
		"HIVE_CURSOR_ERROR": retry.Final, "EXCEEDED_TIME_LIMIT": retry.Final, "GENERIC_INTERNAL_ERROR": retry.Again, "USER_CANCELED": retry.Final,
	} {
		s := enginetest.NewServer(t, func(string) ([][]string, string) { return nil, failure })
		if _, err := rowsOf(t.Context(), client(t, Options{URL: s.URL, User: "u"})); retry.KindOf(err) != kind || !strings.Contains(err.Error(), failure) {
			t.Errorf("%s: kind %d, %v", failure, retry.KindOf(err), err)
		}
	}
}

// A query that is not read to its end is canceled.
func TestCancel(t *testing.T) {
	s := enginetest.NewServer(t, func(string) ([][]string, string) { return numbered(25), "" })
	s.PerPage = 4
	why := errors.New("no room")
	c := client(t, Options{URL: s.URL, User: "u"})
	if err := c.Query(t.Context(), "SELECT 1", func([]string) error { return why }); err != why || s.Canceled() != 1 {
		t.Errorf("%v, canceled %d", err, s.Canceled())
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	err := c.Query(ctx, "SELECT 1", func([]string) error { cancel(why); return nil })
	if err != why || s.Canceled() != 2 {
		t.Errorf("%v, canceled %d", err, s.Canceled())
	}
	if _, err := rowsOf(t.Context(), c); err != nil || s.Canceled() != 2 {
		t.Errorf("%v, canceled %d", err, s.Canceled())
	}
}

func TestCredentials(t *testing.T) {
	var seen http.Header
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header
		_ = json.NewEncoder(w).Encode(map[string]any{"id": "q"})
	}))
	defer s.Close()
	for _, tt := range []struct{ password, token, want string }{
		{"", "", ""}, {"p", "", "Basic dTpw"}, {"", "t", "Bearer t"},
	} {
		c := client(t, Options{URL: s.URL, User: "u", Password: tt.password, Token: tt.token})
		c.http.Transport = s.Client().Transport
		if _, err := rowsOf(t.Context(), c); err != nil || seen.Get("Authorization") != tt.want || seen.Get("X-Trino-User") != "u" {
			t.Errorf("%+v: %v, %v", tt, err, seen)
		}
	}
	for url, want := range map[string]error{
		"http://a": ErrSecret, "ftp://a": ErrURL, "a": ErrURL, "https://": ErrURL, "https://a/b": ErrURL,
		"https://u:p@a": ErrURL, "https://a?b": ErrURL, "\x00": ErrURL,
	} {
		if _, err := New(Options{URL: url, Password: "p"}); err != want {
			t.Errorf("%q: %v", url, err)
		}
	}
}

func TestColumns(t *testing.T) {
	s := enginetest.NewServer(t, func(sql string) ([][]string, string) {
		switch sql {
		case `DESCRIBE "a"."b"`:
			return [][]string{{"line", "varchar", "", ""}, {"x", "integer", "partition key", ""}, {"dt", "varchar", "partition key", ""}}, ""
		case `SELECT CAST(max("x") AS varchar), CAST(max("dt") AS varchar) FROM "a"."b$partitions"`:
			return [][]string{{"1", "2026-10-01"}}, ""
		case `DESCRIBE "a"."projected"`:
			return [][]string{{"dt", "varchar", "partition key", ""}}, ""
		}
		return nil, "TABLE_NOT_FOUND"
	})
	c := client(t, Options{URL: s.URL, User: "u"})
	got, err := c.Columns(t.Context(), query.Table{Schema: "a", Name: "b"})
	want := []query.Column{
		{Name: "line", Type: "varchar"}, {Name: "x", Type: "integer", Partition: true, Sample: "1"},
		{Name: "dt", Type: "varchar", Partition: true, Sample: "2026-10-01"},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err = c.Columns(t.Context(), query.Table{Schema: "a", Name: "projected"}); err != nil || len(got) != 1 || got[0].Sample != "" {
		t.Errorf("without partitions: %+v, %v", got, err)
	}
	if _, err = c.Columns(t.Context(), query.Table{Schema: "a", Name: "c"}); retry.KindOf(err) != retry.Fatal {
		t.Errorf("without a table: %v", err)
	}
}
