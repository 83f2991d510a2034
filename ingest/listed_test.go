package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/sync/semaphore"

	"trail403/ingest/source"
)

// megabytes lists objects with names of a megabyte, and remembers how many of them
// waited to be opened.
type megabytes struct {
	opened  atomic.Int64
	waiting int64
}

func (m *megabytes) List(context.Context, source.Query) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		for n := range int64(200) {
			name := fmt.Sprint(n, strings.Repeat("x", 1<<20))
			if !yield(source.Entry{Name: name, Size: math.MaxInt64}, nil) {
				return
			}
			m.waiting = max(m.waiting, n+1-m.opened.Load())
		}
	}
}

func (m *megabytes) Open(context.Context, source.Entry) (io.ReadCloser, error) {
	m.opened.Add(1)
	return io.NopCloser(strings.NewReader(trail())), nil
}

// A name that is longer than all that may wait gets its turn, and a run that ends does
// not wait.
func TestLongestName(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	names := semaphore.NewWeighted(maxListed)
	j := job{entry: source.Entry{Name: strings.Repeat("x", 2*maxListed)}}
	if err := j.hold(ctx, names); err != nil {
		t.Error(err)
	}
	cancel()
	if err := j.hold(ctx, names); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	j.done()
}

// The names that wait for a worker are bounded by their bytes, not only by their
// number. Sizes that a listing claims have a sum, whatever they are.
func TestHostileListing(t *testing.T) {
	src := &megabytes{}
	p := &Progress{}
	c, err := Run(t.Context(), []source.Source{src}, Options{Workers: 1, Progress: p}, func() Sink { return noSink{} })
	if err != nil || c.Objects.Listed != 200 {
		t.Fatalf("%v, %+v", err, c)
	}
	if p.ListedBytes.Load() != math.MaxInt64 || p.DoneBytes.Load() != math.MaxInt64 {
		t.Errorf("%d bytes listed, %d done", p.ListedBytes.Load(), p.DoneBytes.Load())
	}
	if src.waiting > maxListed>>20+1 {
		t.Errorf("%d names of a megabyte waited", src.waiting)
	}
	plan, err := MakePlan(t.Context(), []source.Source{src}, Options{})
	if err != nil || plan.Parts[0].Bytes != math.MaxInt64 {
		t.Fatalf("%v, %+v", err, plan)
	}
	all := plan.Parts[0]
	if all.Add(&plan.Parts[0]); all.Bytes != math.MaxInt64 || all.Objects != 400 {
		t.Errorf("%+v", all)
	}
}
