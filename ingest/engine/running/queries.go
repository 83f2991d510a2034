// Package running has what the clients of engines do alike: queries.go waits for queries
// that are being stopped, and hopeless.go knows the failures that every query would have.
package running

import (
	"sync"
	"time"
)

// Within is how long stopping a query may take.
const Within = 5 * time.Second

// Queries are those of a client that have not ended. The zero value has none.
type Queries struct{ group sync.WaitGroup }

// Begin counts a query. The caller calls done when the query has ended, or was stopped.
func (q *Queries) Begin() (done func()) {
	q.group.Add(1)
	return q.group.Done
}

// Wait waits until all queries have ended, so that none costs something unseen. A query
// that cannot be stopped in time ends by itself.
func (q *Queries) Wait() {
	ended := make(chan struct{})
	go func() {
		q.group.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(Within):
	}
}
