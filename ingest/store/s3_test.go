package store_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"trail403/ingest"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3"
	"trail403/ingest/source/s3/s3test"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/place"
)

var quick = retry.Policy{Attempts: 4, First: time.Millisecond, Longest: 10 * time.Millisecond}

// gateway runs a real S3 server with a trail bucket and a store bucket. handle sits in
// front of it, unless it is nil.
func gateway(t *testing.T, handle func(w http.ResponseWriter, r *http.Request, pass http.Handler)) (root string, trail source.Bucket, at place.Bucket) {
	t.Helper()
	root = t.TempDir()
	write(t, root, "stores/.keep", "")
	write(t, root, "trails/"+objectName(1, 1), trailOf("first"))
	server := s3test.StartWritable(t, root)
	address := server.URL
	if handle != nil {
		target, err := url.Parse(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		pass := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host, r.Out.Host = target.Scheme, target.Host, r.In.Host
		}}
		front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handle(w, r, pass) }))
		t.Cleanup(front.Close)
		address = front.URL
	}
	s3test.Setenv(t, address)
	client := s3.New(s3.Options{Retry: quick})
	t.Cleanup(client.Close)
	trail, at = bucketsOf(client)
	return root, trail, at
}

// bucketsOf returns the trail and the store of a client.
func bucketsOf(client *s3.Client) (source.Bucket, place.Bucket) {
	return source.Bucket{Store: client, Location: source.Location{Bucket: "trails", Key: "AWSLogs/"}},
		place.NewBucket(client, source.Location{Bucket: "stores", Key: "trail403"})
}

func trailOf(ids ...string) string {
	var records []string
	for _, id := range ids {
		records = append(records, denied(id))
	}
	return trail(records...)
}

// A store in S3 is one as in a folder, and of the trail only the last days are listed.
func TestS3(t *testing.T) {
	root, src, p := gateway(t, nil)
	for day := 2; day <= 20; day++ {
		write(t, root, "trails/"+objectName(day, day), trailOf(fmt.Sprint("a", day)))
	}
	opts := store.Options{CommitObjects: 6}
	if added := mustCollect(t, p, opts, src); added.Objects != 20 || len(added.Runs) != 4 {
		t.Errorf("%+v", added)
	}
	same(t, p, src)
	if added := mustCollect(t, p, opts, src); len(added.Runs) != 0 || added.Seen != 3 {
		t.Errorf("nothing is new, and three days are listed: %+v", added)
	}
	write(t, root, "trails/"+objectName(19, 5), trailOf("late"))
	write(t, root, "trails/"+objectName(5, 6), trailOf("very late"))
	if added := mustCollect(t, p, opts, src); added.Objects != 1 {
		t.Errorf("one is late: %+v", added)
	}
	opts.Sweep = true
	if added := mustCollect(t, p, opts, src); added.Objects != 1 || added.Seen != 21 {
		t.Errorf("a sweep finds the other one: %+v", added)
	}
	same(t, p, src)
	l, err := ledger.Open(t.Context(), p)
	if err != nil || l.History.Swept.IsZero() {
		t.Errorf("%v, %v", l, err)
	}
}

// An object with a day in the future does not keep later ones from being listed.
func TestFuture(t *testing.T) {
	root, src, p := gateway(t, nil)
	write(t, root, "trails/AWSLogs/111122223333/CloudTrail/us-east-1/2099/01/01/"+
		"111122223333_CloudTrail_us-east-1_20990101T0000Z_x.json", trailOf("future"))
	opts := store.Options{Now: func() time.Time { return time.Date(2026, 10, 10, 0, 0, 0, 0, time.UTC) }}
	mustCollect(t, p, opts, src)
	write(t, root, "trails/"+objectName(11, 6), trailOf("next"))
	if added := mustCollect(t, p, opts, src); added.Objects != 1 {
		t.Errorf("%+v", added)
	}
	opts.Now = func() time.Time { return time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC) } // set back
	write(t, root, "trails/"+objectName(12, 6), trailOf("then"))
	if added := mustCollect(t, p, opts, src); added.Objects != 1 {
		t.Errorf("%+v", added)
	}
	same(t, p, src)
}

// The network loses answers, and the server breaks off and is busy. The store is as if
// nothing had happened.
func TestBadNetwork(t *testing.T) {
	var mu sync.Mutex
	attempts := map[string]int{} // of each request: each one succeeds in the end
	root, src, p := gateway(t, func(w http.ResponseWriter, r *http.Request, pass http.Handler) {
		mu.Lock()
		name := r.Method + " " + r.URL.String() + r.Header.Get("Range")
		attempts[name]++
		attempt := attempts[name]
		mu.Unlock()
		switch {
		case r.Method == http.MethodHead:
			pass.ServeHTTP(w, r)
		case attempt == 1 && r.Method == http.MethodPut: // done, but nobody hears of it
			pass.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		case attempt == 1 && r.Method == http.MethodGet:
			recorder := httptest.NewRecorder()
			pass.ServeHTTP(recorder, r)
			for name, values := range recorder.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(recorder.Code)
			w.Write(recorder.Body.Bytes()[:recorder.Body.Len()/2])
			panic(http.ErrAbortHandler)
		case attempt == 2:
			w.WriteHeader(http.StatusServiceUnavailable)
			io.WriteString(w, "<Error><Code>SlowDown</Code></Error>")
		default:
			pass.ServeHTTP(w, r)
		}
	})
	for day := 2; day <= 12; day++ {
		write(t, root, "trails/"+objectName(day, day), trailOf(fmt.Sprint("a", day)))
	}
	added := mustCollect(t, p, store.Options{CommitObjects: 3}, src)
	if added.Objects != 12 || added.Lost != 0 || added.Failed != 0 {
		t.Errorf("%+v", added)
	}
	same(t, p, src)
}

// A server that does not know If-None-Match is refused when the store is made.
func TestNoConditionS3(t *testing.T) {
	_, src, p := gateway(t, func(w http.ResponseWriter, r *http.Request, pass http.Handler) {
		if r.Method == http.MethodPut && r.Header.Get("If-None-Match") != "" {
			io.Copy(io.Discard, r.Body)
			w.WriteHeader(http.StatusOK)
			return
		}
		pass.ServeHTTP(w, r)
	})
	_, err := collect(t.Context(), p, store.Options{}, nil, src)
	if err == nil || !strings.Contains(err.Error(), "If-None-Match") {
		t.Errorf("%v", err)
	}
}

// A store that may not be written to says what to allow.
func TestDeniedS3(t *testing.T) {
	_, src, p := gateway(t, func(w http.ResponseWriter, r *http.Request, pass http.Handler) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusForbidden)
			io.WriteString(w, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
			return
		}
		pass.ServeHTTP(w, r)
	})
	_, err := collect(t.Context(), p, store.Options{}, nil, src)
	if err == nil || !strings.Contains(err.Error(), "writing s3://stores/trail403/trail403-store.json: access denied") {
		t.Errorf("%v", err)
	}
}

// Objects in a list are the same as in a listing: what a notice brought is not collected
// again, and the other way around.
func TestList(t *testing.T) {
	root, src, p := gateway(t, nil)
	for day := 2; day <= 4; day++ {
		write(t, root, "trails/"+objectName(day, day), trailOf(fmt.Sprint("a", day)))
	}
	client := src.Store.(*s3.Client)
	list := func(names ...string) source.Source {
		text := ""
		for _, name := range names {
			text += "s3://trails/" + name + "\n"
		}
		return source.Stated{Listed: source.Listed{Lines: strings.NewReader(text), Store: client}, Stat: client.Stat}
	}
	added := mustCollect(t, p, store.Options{}, list(objectName(2, 2), objectName(3, 3), "AWSLogs/gone.json"))
	if added.Objects != 2 || added.Failed != 1 {
		t.Errorf("%+v", added)
	}
	if added := mustCollect(t, p, store.Options{}, src); added.Objects != 2 || added.Seen != 2 {
		t.Errorf("%+v", added)
	}
	if added := mustCollect(t, p, store.Options{}, list(objectName(4, 4), objectName(1, 1))); len(added.Runs) != 0 || added.Seen != 2 {
		t.Errorf("%+v", added)
	}
}

// A caller that lists only the last days is told of no others, and collects nothing twice.
func TestBounded(t *testing.T) {
	root, src, p := gateway(t, nil)
	for day := 2; day <= 12; day++ {
		write(t, root, "trails/"+objectName(day, day), trailOf(fmt.Sprint("a", day)))
	}
	collectFrom := func(day int) store.Added {
		t.Helper()
		from := time.Date(2026, 10, day, 7, 0, 0, 0, time.UTC)
		l, err := open(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		c, err := store.New(t.Context(), l, []source.Source{src}, store.Options{Bounded: true, From: from})
		if err != nil || c.Query() != nil {
			t.Fatalf("%v, %v", c.Query(), err)
		}
		defer c.Discard()
		read := ingest.Options{Skip: c.Skip, Query: &source.Query{From: from}}
		if _, err := ingest.Run(t.Context(), []source.Source{src}, read, func() ingest.Sink { return c.NewShard() }); err != nil {
			t.Fatal(err)
		}
		added, err := c.Finish()
		if err != nil {
			t.Fatal(err)
		}
		return added
	}
	for _, want := range []struct{ from, objects, seen int }{{8, 4, 0}, {8, 0, 4}, {4, 4, 4}, {9, 0, 3}} {
		if added := collectFrom(want.from); added.Objects != want.objects || added.Seen != want.seen {
			t.Errorf("%+v: %+v", want, added)
		}
	}
	if added := mustCollect(t, p, store.Options{}, src); added.Objects != 4 || added.Seen != 8 {
		t.Errorf("%+v", added)
	}
	same(t, p, src)
}
