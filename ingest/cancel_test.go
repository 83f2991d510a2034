package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"trail403/ingest/event"
	"trail403/ingest/source"
)

type noSink struct{}

func (noSink) Add(*event.Denial) error       { return nil }
func (noSink) Begin()                        {}
func (noSink) End()                          {}
func (noSink) Commit()                       {}
func (noSink) AddChange(*event.Change) error { return nil }
func (noSink) Discard()                      {}
func (noSink) AddKey(event.KeyUse)           {}

func newNoSink() Sink { return noSink{} }

// endless lists objects for ever.
type endless struct {
	open func(context.Context) io.ReadCloser
}

func (e endless) List(context.Context, source.Query) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		for i := 0; yield(source.Entry{Name: fmt.Sprint(i), Size: -1}, nil); i++ {
		}
	}
}

func (e endless) Open(ctx context.Context, _ source.Entry) (io.ReadCloser, error) {
	return e.open(ctx), nil
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// A run that is canceled returns the context's error and leaves no goroutine:
// synctest.Test fails if one stays.
func TestCancel(t *testing.T) {
	why := errors.New("the user pressed Ctrl-C")
	f := func(name string, src func(cancel func()) source.Source) {
		for _, workers := range []int{1, 8} {
			t.Run(fmt.Sprintf("%s/%d", name, workers), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithCancelCause(context.Background())
					defer cancel(nil)
					c, err := Run(ctx, []source.Source{src(func() { cancel(why) })}, Options{Workers: workers}, newNoSink)
					if !errors.Is(err, why) || c != nil {
						t.Errorf("got %v, %+v", err, c)
					}
				})
			})
		}
	}
	f("before", func(cancel func()) source.Source {
		cancel()
		return memory{"a": errors.New("opened")}
	})
	f("before, nothing there", func(cancel func()) source.Source {
		cancel()
		return memory{}
	})
	f("while all read", func(cancel func()) source.Source {
		var n atomic.Int64
		return endless{func(ctx context.Context) io.ReadCloser {
			return io.NopCloser(readerFunc(func([]byte) (int, error) {
				if n.Add(1) == 1 {
					go func() {
						synctest.Wait() // until every worker waits here
						cancel()
					}()
				}
				<-ctx.Done()
				return 0, ctx.Err()
			}))
		}}
	})
	f("between objects", func(cancel func()) source.Source {
		var n atomic.Int64
		return endless{func(ctx context.Context) io.ReadCloser {
			if n.Add(1) == 100 {
				cancel()
			}
			return io.NopCloser(strings.NewReader(trail(denied("a"))))
		}}
	})
	f("within an object without end", func(cancel func()) source.Source {
		n := 0
		return source.Stdin{Reader: readerFunc(func(p []byte) (int, error) {
			if n++; n == 100 {
				cancel()
			}
			return copy(p, strings.Repeat(" ", len(p))), nil
		})}
	})
}

func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), 1)
		defer cancel()
		_, err := Run(ctx, []source.Source{endless{func(ctx context.Context) io.ReadCloser {
			<-ctx.Done()
			return io.NopCloser(strings.NewReader("{}"))
		}}}, Options{Workers: 3}, newNoSink)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

// failing is a source whose listing breaks off.
type failing struct {
	memory
	err error
}

func (f failing) List(ctx context.Context, q source.Query) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		for e, err := range f.memory.List(ctx, q) {
			if !yield(e, err) {
				return
			}
		}
		yield(source.Entry{}, f.err)
	}
}

// A source that cannot be listed is an error of the run, as what is missing is
// unknown. Workers that are busy elsewhere stop.
func TestSourceFails(t *testing.T) {
	denied403 := errors.New("403 on ListObjectsV2")
	synctest.Test(t, func(t *testing.T) {
		src := failing{memory{"a": trail(denied("a")), "b": "text"}, denied403}
		c, err := Run(context.Background(), []source.Source{src, endless{}}, Options{Workers: 2}, newNoSink)
		if !errors.Is(err, denied403) || c != nil {
			t.Errorf("got %v, %+v", err, c)
		}
	})
	missing := filepath.Join(t.TempDir(), "missing")
	_, err := Run(context.Background(), []source.Source{source.Local{Path: missing}}, Options{}, newNoSink)
	if !errors.Is(err, os.ErrNotExist) || strings.Count(err.Error(), missing) != 1 {
		t.Errorf("got %v", err)
	}
}

// Sinks are made before any object is read, one a worker.
func TestSinks(t *testing.T) {
	n := 0
	if _, err := Run(context.Background(), []source.Source{memory{"a": "text"}}, Options{Workers: 5}, func() Sink { n++; return noSink{} }); err != nil || n != 5 {
		t.Errorf("%d sinks, %v", n, err)
	}
}
