package group

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"trail403/aggregate/policy"
	"trail403/aggregate/rows"
	"trail403/aggregate/window"
)

// Gatherer adds up all groups, on all processors.
type Gatherer struct {
	t        *rows.Table
	again    bool // the same rows come once more, so details of examples are kept
	policies *policy.Gatherer
	joins    []join
	workers  []*gatherer
}

// NewGatherer returns a Gatherer for the denials of a table. Those since recent are
// counted as recent. Unless the rows will be gathered again, the details of their
// examples are released.
func NewGatherer(t *rows.Table, interval window.Interval, recent time.Time, again bool) *Gatherer {
	g := &Gatherer{t: t, again: again, policies: policy.NewGatherer(t)}
	for range runtime.GOMAXPROCS(0) {
		g.workers = append(g.workers, newGatherer(t, interval, recent.UnixMicro()))
	}
	return g
}

// A batch of groups is gathered before anything of the table is released, and a block
// by one worker.
const (
	batchSize = 8192
	blockSize = 64
)

// Gather returns the groups, in their order, and the policies that denied them. The
// causes of the groups have their documents.
func (g *Gatherer) Gather(all *rows.Groups) ([]Group, policy.Found) {
	list := make([]Group, len(all.Keys))
	for first := 0; first < len(list); first += batchSize {
		g.batch(list, all, first, min(first+batchSize, len(list)))
	}
	found := g.policies.Result()
	joined(list, g.joins, &found)
	g.joins = nil
	return list, found
}

// batch gathers the groups from first to end.
func (g *Gatherer) batch(list []Group, all *rows.Groups, first, end int) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for _, w := range g.workers {
		wg.Go(func() {
			for {
				to := first + int(next.Add(blockSize))
				if to-blockSize >= end {
					return
				}
				for n := to - blockSize; n < min(to, end); n++ {
					list[n] = w.group(n, all)
				}
			}
		})
	}
	wg.Wait()
	for _, w := range g.workers {
		for _, d := range w.denied {
			g.joins = append(g.joins, join{d.group, d.cause, g.policies.Add(d.key, d.reason, d.span)})
		}
		if !g.again {
			g.t.Forget(w.sources) // no other group has them
		}
		clear(w.denied)
		w.denied, w.sources = w.denied[:0], w.sources[:0]
	}
}
