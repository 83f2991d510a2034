// Package retry repeats what failed because of a network.
package retry

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Kind says whether another attempt can help against an error.
type Kind int

const (
	Final Kind = iota // no: this object is lost, but others may be fine
	Again             // yes
	Slow              // yes, if fewer requests are made
	Fatal             // no, and every other object would fail the same way
)

// kindError is an error with a known kind. All other errors are Final.
type kindError struct {
	error
	kind Kind
}

func (e kindError) Unwrap() error { return e.error }

// As returns the error as one of the kind.
func As(kind Kind, err error) error { return kindError{err, kind} }

// KindOf returns the kind of an error.
func KindOf(err error) Kind {
	var k kindError
	if errors.As(err, &k) {
		return k.kind
	}
	return Final
}

// Temporary says whether another attempt may succeed.
func Temporary(err error) bool { k := KindOf(err); return k == Again || k == Slow }

// Policy says how often to try, and how long to wait. The zero value stands for
// Default.
type Policy struct {
	Attempts int           // in total
	First    time.Duration // before the second attempt; each further wait is twice as long
	Longest  time.Duration
}

// Default waits about 25 seconds in total. That is long enough for S3, which
// scales up gradually, and for a short fault of a network.
var Default = Policy{Attempts: 8, First: 200 * time.Millisecond, Longest: 20 * time.Second}

// gaveUp is an error that all attempts had. Attempts around them would multiply them.
type gaveUp struct{ error }

func (e gaveUp) Unwrap() error { return e.error }

// Do calls attempt until it succeeds, fails for good, has been called
// p.Attempts times, or the context ends. What another Do gave up is not attempted again.
func (p Policy) Do(ctx context.Context, attempt func() error) error {
	if p.Attempts == 0 {
		p = Default
	}
	for n := 1; ; n++ {
		err := attempt()
		if err == nil {
			return nil
		}
		if ended := context.Cause(ctx); ended != nil {
			return ended
		}
		if !Temporary(err) || errors.As(err, new(gaveUp)) {
			return err
		}
		if n >= p.Attempts {
			return gaveUp{fmt.Errorf("%w (gave up after %d attempts)", err, n)}
		}
		select {
		case <-time.After(p.wait(n, KindOf(err))):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// wait returns how long to wait after the nth attempt. Half of it is fixed. The
// other half is random, so that requests that failed together are not repeated
// together.
func (p Policy) wait(n int, kind Kind) time.Duration {
	d := p.First << (n - 1)
	if kind == Slow {
		d *= 2 // https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-design-patterns.html
	}
	if d > p.Longest || d <= 0 {
		d = p.Longest
	}
	return d/2 + rand.N(d/2+1)
}
