package live

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// Limits of what one run asks. A role takes about ten calls of 50 ms.
const (
	MaxCalls  = 1000
	MaxTime   = 2 * time.Minute
	maxThings = 500              // that are asked for
	callTime  = 10 * time.Second // for one answer
	atOnce    = 4                // things that are read at a time
	maxPages  = 20               // of one list
	maxItems  = 200              // of one list
)

var (
	errCalls  = fmt.Errorf("the limit of %d calls was reached", MaxCalls)
	errList   = fmt.Errorf("the list has more than %d entries", maxItems)
	errThings = fmt.Errorf("the limit of %d buckets, keys, endpoints, roles, users and policies was reached", maxThings)
	errTime   = fmt.Errorf("the limit of %d minutes was reached", int(MaxTime.Minutes()))
)

// isOver says whether an error is that of a limit for everything.
func isOver(err error) bool { return errors.Is(err, errCalls) || errors.Is(err, errTime) }

// budget counts the calls.
type budget struct {
	mu    sync.Mutex
	calls int
}

// spend counts a call, or fails if there were enough.
func (b *budget) spend() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.calls >= MaxCalls {
		return errCalls
	}
	b.calls++
	return nil
}

func (b *budget) spent() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.calls
}
