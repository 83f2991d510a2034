package trend

import (
	"sync"
	"sync/atomic"
)

// learned is what all groups show together, and the level of each.
type learned struct {
	weeks   []weekdays
	profile profiles
	level   []measured
	shared  dispersions
}

// learnFrom learns what the groups have in common.
func learnFrom(f Frame, groups []Group, workers int) *learned {
	n := len(groups)
	l := &learned{weeks: make([]weekdays, n), level: make([]measured, n)}
	each(n, workers, func(i int, mem *memory) {
		mem.s.read(f, &groups[i])
		l.weeks[i] = measureWeekdays(f, &mem.s)
	})
	l.profile = poolWeekdays(l.weeks)
	neighbours := make([]alike, n)
	each(n, workers, func(i int, mem *memory) {
		s := l.read(f, groups, i, mem)
		l.level[i] = measureDispersion(s)
		neighbours[i] = measureAlike(s, l.level[i], mem)
	})
	l.shared = poolDispersion(l.level)
	likeness := poolAlike(neighbours)
	for i := range l.level {
		l.level[i].grown = likeness.grown(l.level[i].n)
	}
	return l
}

// read returns the series of a group, with its profile of the week.
func (l *learned) read(f Frame, groups []Group, i int, mem *memory) *series {
	mem.s.read(f, &groups[i])
	l.profile.apply(f, &mem.s, &l.weeks[i])
	return &mem.s
}

// each calls do for 0 to n-1, on several workers.
func each(n, workers int, do func(i int, mem *memory)) {
	const block = 64
	var next atomic.Int64
	var wg sync.WaitGroup
	for range max(1, min(workers, (n+block-1)/block)) {
		wg.Go(func() {
			mem := &memory{}
			for {
				to := int(next.Add(block))
				if to-block >= n {
					return
				}
				for i := to - block; i < min(to, n); i++ {
					do(i, mem)
				}
			}
		})
	}
	wg.Wait()
}
