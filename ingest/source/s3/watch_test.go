package s3

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"trail403/ingest/source/retry"
)

// drip is a body that sends some bytes after each pause.
type drip struct {
	ctx   context.Context
	pause time.Duration
	each  int
	left  int
}

func (d *drip) Read(p []byte) (int, error) {
	if d.left == 0 {
		return 0, io.EOF
	}
	select {
	case <-time.After(d.pause):
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
	n := min(d.each, d.left, len(p))
	d.left -= n
	return n, nil
}

func (d *drip) Close() error { return nil }

// A body must bring 1 KiB a second, averaged over 30 seconds of waiting for it.
func TestMinimumRate(t *testing.T) {
	f := func(what string, length int, pause time.Duration, each int, busy time.Duration, ends time.Duration, want string) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			begin := time.Now()
			ctx, w := startWatch(t.Context(), DefaultStall)
			w.pause()
			r := &reader{ctx: ctx, body: &drip{ctx, pause, each, length}, watch: w, length: int64(length),
				broke: error.Error, leave: func() {}}
			var err error
			for buffer := make([]byte, 64<<10); err == nil; {
				_, err = r.Read(buffer)
				time.Sleep(busy)
			}
			took := time.Since(begin)
			if want == "" && err != io.EOF || want != "" && (!strings.Contains(err.Error(), want) || retry.KindOf(err) != retry.Again) || took != ends {
				t.Errorf("%s: %v after %s, want %q after %s", what, err, took, want, ends)
			}
			r.Close()
		})
	}
	const slow = "the answer is too slow: "
	f("a byte a second", 1<<20, time.Second, 1, 0, 30*time.Second, slow+"30 B arrived in 30s, and the minimum is 1.0 KiB per second")
	f("a byte every 29 seconds", 1<<20, 29*time.Second, 1, 0, 58*time.Second, slow+"2 B arrived in 58s")
	f("silence", 1<<20, time.Hour, 1, 0, 30*time.Second, "no progress for 30s")
	f("just below", 1<<20, time.Second, 1023, 0, 30*time.Second, slow+"30 KiB arrived in 30s")
	f("just enough", 100<<10, time.Second, 1024, 0, 100*time.Second, "")
	f("in bursts", 300<<10, 25*time.Second, 60<<10, 0, 125*time.Second, "")
	f("a small object that is slow", 29, time.Second, 1, 0, 29*time.Second, "")
	f("its last byte is late", 30, time.Second, 1, 0, 30*time.Second, "")
	f("a reader that is busy", 100<<10, 0, 1024, time.Minute, 101*time.Minute, "")
}

// A body that is fast and then drips is noticed at the end of the next period.
func TestMinimumRateLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		ctx, w := startWatch(t.Context(), DefaultStall)
		defer w.stop()
		w.pause()
		wait := func(pause time.Duration, n int) error {
			w.resume()
			time.Sleep(pause)
			return w.took(n)
		}
		if err := wait(29*time.Second, 1<<20); err != nil {
			t.Fatal(err)
		}
		var err error
		for err == nil {
			err = wait(time.Second, 1)
		}
		if took := time.Since(begin); took != 60*time.Second || ctx.Err() != nil {
			t.Errorf("%v after %s, %v", err, took, ctx.Err())
		}
	})
}

// What ends the whole run ends the wait for a body, and is its error.
func TestWatchEndsWithContext(t *testing.T) {
	why := errors.New("the user pressed Ctrl-C")
	ctx, cancel := context.WithCancelCause(t.Context())
	ctx, w := startWatch(ctx, time.Hour)
	w.pause()
	r := &reader{ctx: ctx, body: &drip{ctx, time.Hour, 1, 9}, watch: w, length: 9, leave: func() {}}
	cancel(why)
	if _, err := r.Read(make([]byte, 9)); err != why {
		t.Errorf("got %v", err)
	}
}
