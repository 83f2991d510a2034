package s3

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// fill takes n tickets, and fails if another could be had.
func fill(t *testing.T, g *gate, n int) (tickets []ticket) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for range n {
			k, err := g.enter(ctx)
			if err != nil {
				t.Error(err)
			}
			tickets = append(tickets, k)
		}
		ended := make(chan error)
		go func() {
			_, err := g.enter(ctx)
			ended <- err
		}()
		synctest.Wait() // it waits, or has ended
		select {
		case err := <-ended:
			t.Errorf("let in one more than %d: %v", n, err)
		default:
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		}
	})
	return tickets
}

// Slow answers halve the requests in flight, once for all that were in flight;
// each round that goes well adds one.
func TestGate(t *testing.T) {
	g := newGate(64)
	all := fill(t, g, 64)
	for _, k := range all {
		g.leave(k, true)
	}
	all = fill(t, g, 32)
	for i, k := range all {
		g.leave(k, i == 0)
	}
	if l := g.limit; l < 16 || l > 18 {
		t.Fatalf("limit %v", l)
	}
	for round := range 10 {
		before := g.limit
		for _, k := range fill(t, g, int(g.limit)) {
			g.leave(k, false)
		}
		if g.limit < before+0.8 || g.limit > before+1 {
			t.Errorf("round %d: from %v to %v", round, before, g.limit)
		}
	}
	for range 1000 {
		for _, k := range fill(t, g, int(g.limit)) {
			g.leave(k, true)
		}
		if g.limit == 1 {
			break
		}
	}
	for _, k := range fill(t, g, 1) { // never fewer
		g.leave(k, true)
	}
	for range 10_000 {
		k, err := g.enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		g.leave(k, false)
	}
	for _, k := range fill(t, g, 64) { // never more
		g.leave(k, false)
	}
	if g.inFlight != 0 || len(g.waiting) != 0 {
		t.Errorf("%d in flight, %d waiting", g.inFlight, len(g.waiting))
	}
}

// Turns come in the order in which they were asked for, and none is lost when
// somebody stops waiting.
func TestGateTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1)
		first, _ := g.enter(t.Context())
		var order []int
		for i := range 5 {
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				k, err := g.enter(ctx)
				if err != nil {
					return
				}
				order = append(order, i)
				g.leave(k, false)
			}()
			synctest.Wait()
			if i == 2 {
				cancel()
			}
			defer cancel()
		}
		g.leave(first, false)
		synctest.Wait()
		if len(order) != 4 || order[0] != 0 || order[1] != 1 || order[2] != 3 || order[3] != 4 || g.inFlight != 0 {
			t.Errorf("got %v, %d in flight", order, g.inFlight)
		}
	})
}
