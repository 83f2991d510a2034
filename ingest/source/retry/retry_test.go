package retry

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestDo(t *testing.T) {
	why := errors.New("why")
	f := func(p Policy, results []error, calls int, want error, atLeast, atMost time.Duration) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			begin, n := time.Now(), 0
			err := p.Do(t.Context(), func() error { n++; return results[min(n, len(results))-1] })
			if took := time.Since(begin); n != calls || !errors.Is(err, want) || took < atLeast || took > atMost {
				t.Errorf("%d calls, %v, took %s", n, err, took)
			}
		})
	}
	p := Policy{Attempts: 4, First: time.Second, Longest: 3 * time.Second}
	again, slow := As(Again, why), As(Slow, why)
	f(p, []error{nil}, 1, nil, 0, 0)
	f(p, []error{why}, 1, why, 0, 0)
	f(p, []error{As(Fatal, why)}, 1, why, 0, 0)
	f(p, []error{again, nil}, 2, nil, time.Second/2, time.Second)
	f(p, []error{slow, nil}, 2, nil, time.Second, 2*time.Second)
	f(p, []error{again, why}, 2, why, time.Second/2, time.Second)
	f(p, []error{again}, 4, why, 3*time.Second, 6*time.Second)
	f(p, []error{fmt.Errorf("wrapped: %w", again)}, 4, why, 3*time.Second, 6*time.Second)
	f(Policy{}, []error{again}, 8, why, 10*time.Second, 26*time.Second)
	f(Policy{Attempts: 100, First: 1, Longest: time.Second}, []error{again}, 100, why, 30*time.Second, 100*time.Second)
}

// Attempts within attempts are not multiplied, and the error keeps its kind.
func TestDoWithin(t *testing.T) {
	why, n := errors.New("why"), 0
	p := Policy{Attempts: 3, First: 1, Longest: 1}
	err := p.Do(t.Context(), func() error {
		return fmt.Errorf("outer: %w", p.Do(t.Context(), func() error { n++; return As(Slow, why) }))
	})
	if n != 3 || KindOf(err) != Slow || !errors.Is(err, why) || strings.Count(err.Error(), "gave up") != 1 {
		t.Errorf("%d attempts, %v", n, err)
	}
}

func TestDoEnds(t *testing.T) {
	why := errors.New("the user pressed Ctrl-C")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		begin, n := time.Now(), 0
		time.AfterFunc(time.Second, func() { cancel(why) })
		err := Policy{Attempts: 10, First: time.Hour, Longest: time.Hour}.Do(ctx, func() error { n++; return As(Again, errors.New("reset")) })
		if err != why || n != 1 || time.Since(begin) != time.Second {
			t.Errorf("%d calls, %v, after %s", n, err, time.Since(begin))
		}
	})
}

func TestKinds(t *testing.T) {
	err := fmt.Errorf("x: %w", As(Slow, errors.New("y")))
	if KindOf(err) != Slow || !Temporary(err) || KindOf(errors.New("z")) != Final || Temporary(As(Fatal, err)) || !strings.Contains(err.Error(), "x: y") {
		t.Error("kinds")
	}
}
