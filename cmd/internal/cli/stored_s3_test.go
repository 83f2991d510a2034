package cli

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"trail403/ingest/source/s3/s3test"
)

// storeInS3 makes a store of the demo in a real S3 server. before is called with each
// request, before the server gets it.
func storeInS3(t *testing.T, before func(r *http.Request)) (name string) {
	t.Helper()
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "stores"), 0o755); err != nil {
		t.Fatal(err)
	}
	server := s3test.StartWritable(t, root)
	target, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	pass := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host, r.Out.Host = target.Scheme, target.Host, r.In.Host
	}}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		before(r)
		pass.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	s3test.Setenv(t, front.URL)
	name = "s3://stores/trail403"
	run1(t, OK, "collect", "--store", name, demoFolder)
	return name
}

const demoFolder = "../../../testdata/demo"

// A store in S3 answers as the objects do.
func TestStoreInS3(t *testing.T) {
	name := storeInS3(t, func(*http.Request) {})
	for _, args := range [][]string{
		{"report", "--format", "json", "--from", "2026-10-20"}, {"events", "-n", "20", "--format", "jsonl"},
		{"why", "--bucket", "corp-data", "--format", "json"},
	} {
		want := run1(t, OK, append(args, demoFolder)...)
		if got := run1(t, OK, append(args, "--store", name)...); got != want {
			t.Errorf("%q: another answer from the store", args)
		}
	}
	if got := run1(t, OK, "report", "--store", name, "--news", "x", "--format", "brief"); !strings.Contains(got, "denied") {
		t.Error(got)
	}
	if got := run1(t, OK, "report", "--store", name, "--news", "x", "--format", "brief"); !strings.Contains(got, "no news") {
		t.Error(got)
	}
}

// A file that another command replaces while a report reads it does not end the report:
// it reads the store again.
func TestForgottenMeanwhile(t *testing.T) {
	var armed atomic.Bool
	var name string
	name = storeInS3(t, func(r *http.Request) {
		isRows := strings.HasSuffix(r.URL.Path, "00000001.parquet") && strings.HasPrefix(r.Header.Get("Range"), "bytes=4-")
		if isRows && armed.CompareAndSwap(true, false) {
			run1(t, OK, "store", "forget", "--before", "2026-10-08", name)
		}
	})
	armed.Store(true)
	got := run1(t, OK, "report", "--format", "json", "--store", name)
	if armed.Load() {
		t.Fatal("nothing was forgotten")
	}
	if want := run1(t, OK, "report", "--format", "json", "--store", name); got != want {
		t.Error("the report is another one than without the interruption")
	}
}
