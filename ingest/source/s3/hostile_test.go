package s3_test

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"trail403/ingest/source"
	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3"
	"trail403/ingest/source/s3/s3test"
)

// hostile is a server that answers as no S3 server should.
type hostile struct {
	list   func(w http.ResponseWriter, r *http.Request) // a page of a listing
	object func(w http.ResponseWriter, r *http.Request)
	head   func(w http.ResponseWriter, r *http.Request) // of the bucket
	stall  time.Duration                                // of the client; 0 is long

	lists, objects, sent atomic.Int64 // sent are bytes on the wire
}

const (
	password = "hunter2-of-the-endpoint"
	token    = "IQoJb3JpZ2luX2VjEXAMPLE+TOKEN/=="
	attempts = 5
)

// start returns a client of the server. Whatever a library writes on standard
// error fails the test.
func (h *hostile) start(t *testing.T) *s3.Client {
	t.Helper()
	standardErrorStaysEmpty(t)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodHead && h.head != nil:
			h.head(w, r)
		case r.Method == http.MethodHead:
		case r.URL.Query().Has("list-type"):
			h.lists.Add(1)
			h.list(w, r)
		case h.object != nil:
			h.objects.Add(1)
			h.object(w, r)
		}
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Listener = counting{server.Listener, &h.sent}
	server.Start()
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	s3test.Setenv(t, strings.Replace(server.URL, "http://", "http://trail:"+password+"@", 1))
	t.Setenv("AWS_SESSION_TOKEN", token)
	o := s3.Options{Stall: time.Minute, Retry: quick}
	if h.stall > 0 {
		o.Retry.Attempts = 2
	}
	c := s3.New(o)
	t.Cleanup(c.Close)
	if h.stall > 0 { // only what is to stall is not to take long
		if _, _, err := c.Regions(t.Context(), "trail-bucket"); err != nil {
			t.Fatal(err)
		}
		s3.SetStall(c, h.stall)
	}
	return c
}

var quick = retry.Policy{Attempts: attempts, First: time.Millisecond, Longest: time.Millisecond}

// counting counts what a server sends.
type counting struct {
	net.Listener
	sent *atomic.Int64
}

func (l counting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return countingConn{c, l.sent}, err
}

type countingConn struct {
	net.Conn
	sent *atomic.Int64
}

func (c countingConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.sent.Add(int64(n))
	return n, err
}

// standardErrorStaysEmpty fails the test if anything is written there.
func standardErrorStaysEmpty(t *testing.T) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stderr")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stderr
	os.Stderr = file
	log.SetOutput(file)
	t.Cleanup(func() {
		os.Stderr = before
		file.Close()
		if text, err := os.ReadFile(path); err != nil || len(text) > 0 {
			t.Errorf("standard error: %.300s, %v", text, err)
		}
	})
}

// pagesOf lists a prefix, page by page.
func pagesOf(t *testing.T, c *s3.Client) (keys []string, err error) {
	t.Helper()
	next := c.Pages("trail-bucket", "logs/", "", "")
	for more := true; more && err == nil; {
		more, err = next(t.Context(), func(i source.Item) { keys = append(keys, strings.TrimPrefix(i.Key, "logs/")) })
	}
	return keys, err
}

// foundIn lists a folder as a run does.
func foundIn(t *testing.T, c *s3.Client) (keys []string, err error) {
	t.Helper()
	bucket := source.Bucket{Store: c, Location: source.Location{Bucket: "trail-bucket", Key: "logs/"}}
	for e, failed := range bucket.List(t.Context(), source.Query{}) {
		if err = failed; err == nil {
			keys = append(keys, strings.TrimPrefix(e.Name, "s3://trail-bucket/logs/"))
		}
	}
	slices.Sort(keys)
	return keys, err
}

// readAll reads an object as a run does: anew, as long as another attempt can help.
func (h *hostile) readAll(t *testing.T, c *s3.Client) (text string, err error) {
	t.Helper()
	policy := quick
	if h.stall > 0 {
		policy.Attempts = 2
	}
	err = policy.Do(t.Context(), func() error {
		body, _, err := c.Get(t.Context(), "trail-bucket", "logs/a.json.gz")
		if err != nil {
			return err
		}
		defer body.Close()
		all, err := io.ReadAll(body)
		text = string(all)
		return err
	})
	return text, err
}

// checkError holds an error to what all errors must be: it says what is wrong,
// as expected; it is short, has no characters that act, and shows no secrets.
func checkError(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("got no error, want %q", want)
		return
	}
	text := err.Error()
	if told := (*s3.Error)(nil); errors.As(err, &told) {
		text += "\n" + told.Hint
	}
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("got %s\nwant %s", text, w)
		}
	}
	for _, secret := range []string{password, token, s3test.AccessKey, s3test.SecretKey} {
		if strings.Contains(text, secret) {
			t.Errorf("%s shows a secret: %s", secret, text)
		}
	}
	acts := func(c rune) bool { return unicode.IsControl(c) && c != '\n' }
	if len(text) > 1200 || strings.ContainsFunc(text, acts) {
		t.Errorf("unfit to be shown: %q", text)
	}
}

// object is an element of a listing.
func object(key string) string {
	return "<Contents><Key>" + key + "</Key><Size>7</Size></Contents>"
}

// pageOf is a page of a listing. An empty token says that it is the last one.
func pageOf(next string, elements ...string) string {
	more := "<IsTruncated>false</IsTruncated>"
	if next != "" {
		more = "<IsTruncated>true</IsTruncated><NextContinuationToken>" + next + "</NextContinuationToken>"
	}
	return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
		more + strings.Join(elements, "") + "</ListBucketResult>"
}

// always answers with a text.
func always(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

// status answers with a status and a text.
func status(code int, text string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		io.WriteString(w, text)
	}
}

// endless sends the text again and again, until nobody wants more of it.
func endless(begin, again string) http.HandlerFunc {
	block := strings.Repeat(again, 1+(64<<10)/len(again))
	return func(w http.ResponseWriter, _ *http.Request) {
		_, err := io.WriteString(w, begin)
		for err == nil {
			_, err = io.WriteString(w, block)
		}
	}
}

// slowly sends a text, and then nothing, or a byte now and then.
func slowly(begin string, pause time.Duration, each string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, begin)
		w.(http.Flusher).Flush()
		for {
			select {
			case <-time.After(pause):
			case <-r.Context().Done():
				return
			}
			if _, err := io.WriteString(w, each); err != nil {
				return
			}
			w.(http.Flusher).Flush()
		}
	}
}

// raw answers with bytes that need not be HTTP, and closes the connection.
func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		io.WriteString(conn, text)
	}
}

// plain is an answer of HTTP with a body.
func plain(body string, header ...string) string {
	return "HTTP/1.1 200 OK\r\n" + strings.Join(append(header, "", ""), "\r\n") + body
}
