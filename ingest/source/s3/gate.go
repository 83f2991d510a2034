package s3

import (
	"context"
	"sync"
)

// gate bounds the requests in flight, of all kinds together. When S3 asks to slow
// down, it halves the bound. Then it adds one request for each round that
// succeeds. TCP does the same. The pace settles at what S3 currently serves.
type gate struct {
	mu       sync.Mutex
	most     float64
	limit    float64
	inFlight int
	round    int // how often the limit was halved
	waiting  []chan ticket
}

// ticket is the permission to make one request. It knows the round in which it was
// given, so that requests that were in flight when the limit was halved do not
// halve it again.
type ticket struct{ round int }

func newGate(most int) *gate {
	return &gate{most: float64(most), limit: float64(most)}
}

// enter waits for its turn.
func (g *gate) enter(ctx context.Context) (ticket, error) {
	g.mu.Lock()
	if len(g.waiting) == 0 && g.inFlight < int(g.limit) {
		g.inFlight++
		t := ticket{g.round}
		g.mu.Unlock()
		return t, nil
	}
	turn := make(chan ticket, 1)
	g.waiting = append(g.waiting, turn)
	g.mu.Unlock()
	select {
	case t := <-turn:
		return t, nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, w := range g.waiting {
		if w == turn {
			g.waiting = append(g.waiting[:i], g.waiting[i+1:]...)
			return ticket{}, context.Cause(ctx)
		}
	}
	g.inFlight-- // the turn came in the meantime
	g.admit()
	return ticket{}, context.Cause(ctx)
}

// leave ends a request. slow says that S3 asked to slow down.
func (g *gate) leave(t ticket, slow bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inFlight--
	switch {
	case !slow:
		g.limit = min(g.most, g.limit+1/g.limit)
	case t.round == g.round:
		g.limit = max(1, g.limit/2)
		g.round++
	}
	g.admit()
}

// admit gives turns to those who wait, in the order in which they came.
func (g *gate) admit() {
	for len(g.waiting) > 0 && g.inFlight < int(g.limit) {
		g.inFlight++
		g.waiting[0] <- ticket{g.round}
		g.waiting = g.waiting[1:]
	}
}
