package trend

import (
	"math"
	"sync"
	"sync/atomic"
)

const (
	minEvents = 10 // that a verdict takes
	minActive = 5  // intervals of the past that are not zero
	maxQ      = 0.02
	// Where many groups do have a trend, q lets more false ones in among the
	// others; p bounds these.
	maxP = 0.001
)

// Judge says what each group does. It judges all together: what groups have in
// common (dispersion, weekdays, how alike neighbouring days are) is learned from
// all, and the q of each takes the number of all into account. A verdict depends
// neither on the order of the groups nor on the number of workers. Judge keeps
// and changes nothing of what it is given; several goroutines may call it.
func Judge(f Frame, groups []Group, workers int) []Verdict {
	f.N, f.Recent = max(f.N, 0), max(f.Recent, 1)
	n := len(groups)
	weeks := make([]weekdays, n)
	each(n, workers, func(i int, mem *memory) {
		mem.s.read(f, &groups[i])
		weeks[i] = measureWeekdays(f, &mem.s)
	})
	profile := poolWeekdays(weeks)
	read := func(i int, mem *memory) *series {
		mem.s.read(f, &groups[i])
		profile.apply(f, &mem.s, &weeks[i])
		return &mem.s
	}

	level := make([]measured, n)
	neighbours := make([]alike, n)
	each(n, workers, func(i int, mem *memory) {
		s := read(i, mem)
		level[i] = measureDispersion(s)
		neighbours[i] = measureAlike(s, level[i], mem)
	})
	shared, likeness := poolDispersion(level), poolAlike(neighbours)

	list := make([]findings, n)
	each(n, workers, func(i int, mem *memory) {
		level[i].grown = likeness.grown(level[i].n)
		list[i] = find(f, &groups[i], read(i, mem), level[i], shared, mem)
	})

	// One correction for all groups and tests.
	var p []float64
	for i := range list {
		for k := range list[i].made() {
			p = append(p, list[i].tests[k].p)
		}
	}
	q := benjaminiHochberg(p)
	verdicts := make([]Verdict, n)
	for i := range list {
		made := list[i].made()
		verdicts[i] = list[i].name(f, q[:made])
		q = q[made:]
	}
	return verdicts
}

// memory is what a worker uses again for each group.
type memory struct {
	s             series
	t, y, scratch []float64
}

// each calls do for 0 to n-1 on some workers.
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

// The tests that a group undergoes.
const (
	testNew = iota
	testStopped
	testSpike
	testSlope
	tests
)

// findings are what the tests of one group found, before it is known what those
// of the others did.
type findings struct {
	tests    [tests]finding
	recent   rates // of the recent time
	watched  int
	isNew    bool
	sporadic bool
	falling  bool
}

// finding is what one test found.
type finding struct {
	p     float64
	onset int
	rates rates
}

// made is how many of the tests were made.
func (r *findings) made() int {
	if r.isNew || !r.sporadic {
		return tests
	}
	return 0
}

// find makes the tests of a group.
func find(f Frame, g *Group, s *series, m measured, shared dispersions, mem *memory) (r findings) {
	r.watched = s.watched
	for k := range r.tests {
		r.tests[k] = finding{p: 1, onset: -1}
	}
	if p, ok := isNew(f, s, g); ok {
		r.isNew = true
		r.tests[testNew] = finding{p: p, onset: s.first, rates: rates{count: float64(s.events), intervals: float64(max(s.since, 1))}}
		return r
	}
	if s.events < minEvents || m.n == 0 {
		r.sporadic = true
		r.recent = s.plainRates(shared)
		return r
	}
	phi := m.shrunk(shared)
	r.recent = s.rates(s.recent, len(s.at), m, phi)

	var d *dispersion // takes long, and few groups need it
	known := func() *dispersion {
		if d == nil {
			d = shared.of(s, m)
		}
		return d
	}
	p, gone := findSilence(f, s, g, m, known)
	if gone {
		r.sporadic = true
		return r
	}
	if p < 1 {
		r.tests[testStopped] = finding{p, s.at[s.end], s.rates(s.end, len(s.at), m, phi)}
	}
	var line slope
	if f.Step >= day {
		line = findSlope(s, phi, m.grown, mem)
		r.tests[testSlope] = finding{line.p, -1, r.recent}
		r.falling = !line.up
	}
	if sp := findSpike(s, m, line, known); sp.p < 1 {
		r.tests[testSpike] = finding{sp.p, s.at[sp.from], s.spikeRates(sp, m, phi)}
	}
	return r
}

// name gives the verdict, now that the q of each test is known.
func (r *findings) name(f Frame, q []float64) Verdict {
	v := Verdict{Kind: Sporadic, OnsetIndex: -1, P: 1, Q: 1, Intervals: r.watched}
	use := r.recent
	named := func(test int, kind Kind) bool {
		t := &r.tests[test]
		if kind != New && (t.p > maxP || q[test] > maxQ) {
			return false
		}
		v.Kind, v.OnsetIndex, v.P, v.Q = kind, t.onset, t.p, q[test]
		use = t.rates
		return true
	}
	slope := Rising
	if r.falling {
		slope = Falling
	}
	switch {
	case r.isNew:
		named(testNew, New)
	case r.sporadic:
	case named(testStopped, Stopped), named(testSpike, Spike), named(testSlope, slope):
	default:
		v.Kind = Steady
		for k := range r.tests {
			v.P, v.Q = min(v.P, r.tests[k].p), min(v.Q, q[k])
		}
	}
	use.tell(f, &v)
	return v
}

// isNew decides whether a group is new. That is a fact and no test: nothing came
// before, in time that was watched, as much as is recent and enough to have seen
// what comes every working day (with hours: once a day). Its p is the chance
// that all its hours lie so late had they been spread evenly.
func isNew(f Frame, s *series, g *Group) (p float64, ok bool) {
	cycle := 5
	if f.Step < day {
		cycle = perDay(f)
	}
	if s.events < minEvents || g.Hours < 2 || s.first < s.newBegins || s.before < max(cycle, f.Recent) {
		return 1, false
	}
	since := float64(max(s.since, 1))
	return math.Pow(since/(since+float64(s.before)), float64(g.Hours)), true
}
