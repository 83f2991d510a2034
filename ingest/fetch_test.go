package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"golang.org/x/sync/semaphore"

	"trail403/ingest/source"
	"trail403/ingest/source/retry"
)

var errReset = errors.New("connection reset")

// remote is a source in memory at the end of a network, whose bodies break at a
// half for so many times.
type remote struct {
	memory
	breaks  int
	large   bool // the lengths that it tells say that objects are large
	broken  map[string]*atomic.Int64
	fatally error
}

func overNetwork(m memory, breaks int, large bool) remote {
	r := remote{memory: m, breaks: breaks, large: large, broken: map[string]*atomic.Int64{}}
	for name := range m {
		r.broken[name] = &atomic.Int64{}
	}
	return r
}

func (r remote) Get(ctx context.Context, e source.Entry) (io.ReadCloser, int64, error) {
	if r.fatally != nil {
		return nil, 0, r.fatally
	}
	text := r.memory[e.Name].(string)
	length := int64(len(text))
	if r.large {
		length = -1
	}
	if r.broken[e.Name].Add(1) > int64(r.breaks) {
		return io.NopCloser(strings.NewReader(text)), length, nil
	}
	return io.NopCloser(io.MultiReader(strings.NewReader(text[:len(text)/2]), readerFunc(func([]byte) (int, error) {
		return 0, retry.As(retry.Again, errReset)
	}))), length, nil
}

// Whether an object is fetched complete or read as it comes, and however it is
// packed: one that breaks is read again, and what it gave until then does not
// count.
func TestBrokenBodies(t *testing.T) {
	var records []string
	for i := range 2000 {
		records = append(records, denied(fmt.Sprint("id-", i)))
	}
	text := trail(records...)
	members := []packed{{"a.json", trail(denied("a"), denied("b"))}, {"b.json.gz", gz(text)}, {"c.txt", "text"}}
	objects := memory{
		"plain.json": text, "gzip.json.gz": gz(text), "twice.gz": gz(gz(text)), "zstd": zst(t, text), "members.gz": gz(trail(denied("c")), strings.Repeat("\n", 1<<20)),
		"tar": tarOf(t, members...), "zip": zipOf(t, members...), "tgz": gz(tarOf(t, members...)), "text": strings.Repeat("text ", 100_000), "empty": "",
	}
	want, wantIDs := run(t, Options{}, objects)
	for _, large := range []bool{false, true} {
		for _, breaks := range []int{0, 1, 7} {
			src := overNetwork(objects, breaks, large)
			got, denials := runOnce(t, Options{Retry: quick}, 2, []source.Source{src})
			var ids []string
			for _, d := range denials {
				ids = append(ids, d.EventID)
			}
			if !reflect.DeepEqual(got, want) || !slices.Equal(ids, wantIDs) {
				t.Errorf("large %v, %d breaks: %d denials, want %d\n got %+v\nwant %+v", large, breaks, len(ids), len(wantIDs), got, want)
			}
		}
	}
	got, denials := runOnce(t, Options{Retry: quick}, 2, []source.Source{overNetwork(objects, 8, false)})
	if got.Objects.Failed != len(objects) || len(denials) > 0 || got.Failures[0].Err.Error() != "connection reset (gave up after 8 attempts)" {
		t.Errorf("for good: %+v", got)
	}
}

// Nothing that a worker could decode is worth waiting for when the run cannot
// succeed.
func TestFatal(t *testing.T) {
	expired := errors.New("the token has expired")
	for _, large := range []bool{false, true} {
		src := overNetwork(memory{"a": trail(denied("a")), "b": trail(denied("b"))}, 0, large)
		src.fatally = retry.As(retry.Fatal, expired)
		if c, err := Run(t.Context(), []source.Source{src}, Options{Retry: quick}, newNoSink); !errors.Is(err, expired) || c != nil {
			t.Errorf("got %v, %+v", err, c)
		}
	}
	missing := overNetwork(memory{"a": trail(denied("a"))}, 0, false)
	missing.fatally = errors.New("no such object")
	c, _ := runOnce(t, Options{Retry: quick}, 2, []source.Source{missing})
	if c.Objects.Failed != 1 || c.Failures[0].Object != "a" || c.Failures[0].Err.Error() != "no such object" {
		t.Errorf("got %+v", c)
	}
}

// huge is a source of objects of one size, of which it counts what is read.
type huge struct {
	size       int64
	read, open atomic.Int64
}

func (h *huge) List(context.Context, source.Query) iter.Seq2[source.Entry, error] { return nil }

func (h *huge) Open(context.Context, source.Entry) (io.ReadCloser, error) { return nil, nil }

func (h *huge) Get(context.Context, source.Entry) (io.ReadCloser, int64, error) {
	h.open.Add(1)
	return io.NopCloser(io.LimitReader(readerFunc(func(p []byte) (int, error) {
		h.read.Add(int64(len(p)))
		return len(p), nil
	}), h.size)), h.size, nil
}

// However many fetchers there are: what waits for the workers is bounded.
func TestFetchAhead(t *testing.T) {
	f := func(size, told, mostRead, mostOpen int64) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			src := &huge{size: size}
			ctx, cancel := context.WithCancelCause(t.Context())
			in, out := make(chan job, 1000), make(chan job)
			for range cap(in) {
				in <- job{src: src, entry: source.Entry{Name: "x", Size: told}}
			}
			close(in)
			fetch := &fetcher{retry: quick, ahead: semaphore.NewWeighted(maxAhead), hopeless: 1000}
			ended := make(chan error)
			for range 64 {
				go func() { ended <- fetch.run(ctx, in, out) }()
			}
			synctest.Wait() // no worker takes anything
			if src.read.Load() > mostRead || src.open.Load() > mostOpen || mostRead > 0 && src.read.Load() < mostRead/2 {
				t.Errorf("%d bytes, %d objects: read %d bytes and opened %d", size, cap(in), src.read.Load(), src.open.Load())
			}
			why := errors.New("enough")
			cancel(why)
			for range 64 {
				if err := <-ended; err != why {
					t.Errorf("got %v", err)
				}
			}
			if !fetch.ahead.TryAcquire(maxAhead) {
				t.Error("bytes are held that nobody has")
			}
		})
	}
	f(maxWhole, maxWhole, maxAhead, maxAhead/maxWhole)
	f(maxWhole, -1, maxAhead, 64)
	f(maxWhole/2, 1, maxAhead, 64) // it grew since it was listed
	f(maxWhole+1, -1, 0, 64)       // left to the workers
	f(maxWhole+1, maxWhole+1, 0, 0)
	f(1000, 1000, 64*1000, 64)
}
