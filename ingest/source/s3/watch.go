package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/dustin/go-humanize"
)

// minRate is how many bytes per second of an object must arrive, averaged over the
// time for which a request may make no progress. A connection slower than that is
// broken, or its other end is hostile.
const minRate = 1 << 10

var errStalled = errors.New("no progress")

// watch ends a request that makes no progress, or too little. It counts only the
// time spent waiting for the network, not the time the reader is busy elsewhere.
type watch struct {
	limit  time.Duration
	timer  *time.Timer
	cancel context.CancelCauseFunc

	since  time.Time     // start of the current wait
	waited time.Duration // in the current period, which ends after limit
	bytes  int64         // that arrived in the period
}

// startWatch returns a context that ends after the limit, unless the watch is
// paused first.
func startWatch(ctx context.Context, limit time.Duration) (context.Context, *watch) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &watch{limit: limit, cancel: cancel}
	w.timer = time.AfterFunc(limit, func() { cancel(errStalled) })
	return ctx, w
}

type watchKey struct{}

// in returns the context of a request, which can tell the watch that it makes progress.
func (w *watch) in(ctx context.Context) context.Context { return context.WithValue(ctx, watchKey{}, w) }

// progress says that a request made progress.
func progress(ctx context.Context) {
	if w, ok := ctx.Value(watchKey{}).(*watch); ok {
		w.timer.Reset(w.limit)
	}
}

// paced is the body of an answer that is read while its request is watched. It fails if
// the answer is too slow.
type paced struct {
	io.Reader
	watch *watch
}

// pace returns the body of an answer to a request with the context.
func pace(ctx context.Context, body io.Reader) io.Reader {
	return paced{body, ctx.Value(watchKey{}).(*watch)}
}

func (p paced) Read(b []byte) (int, error) {
	p.watch.resume()
	n, err := p.Reader.Read(b)
	if tooSlow := p.watch.took(n); tooSlow != nil && err == nil {
		return n, tooSlow
	}
	return n, err
}

// pause ends the wait for the start of an answer.
func (w *watch) pause() { w.timer.Stop() }

// resume starts a wait for some bytes.
func (w *watch) resume() {
	w.since = time.Now()
	w.timer.Reset(w.limit)
}

// took ends the wait that resume started, with n bytes. It returns an error if too
// few bytes arrived in a period of waiting.
func (w *watch) took(n int) error {
	w.timer.Stop()
	w.waited += time.Since(w.since)
	w.bytes += int64(n)
	if w.waited < w.limit {
		return nil
	}
	waited, came := w.waited, w.bytes
	w.waited, w.bytes = 0, 0
	if float64(came) >= minRate*waited.Seconds() {
		return nil
	}
	return fmt.Errorf("the answer is too slow: %s arrived in %s, and the minimum is %s per second",
		humanize.IBytes(uint64(came)), waited.Round(time.Millisecond), humanize.IBytes(minRate))
}

// stop ends the watch and its context.
func (w *watch) stop() {
	w.timer.Stop()
	w.cancel(context.Canceled)
}

func (w *watch) stalled() error { return fmt.Errorf("no progress for %s", w.limit) }
