package trend

import "math"

// Judge says what the series of each group does. It judges all groups together: it
// learns what they have in common (dispersion, weekdays, how alike consecutive days
// are) from all of them, and the q of each takes the number of groups into account. A
// verdict does not depend on the order of the groups or on the number of workers. Judge
// keeps and changes nothing that it is given, and several goroutines may call it.
func Judge(f Frame, groups []Group, workers int) []Verdict {
	f.N, f.Recent = max(f.N, 0), max(f.Recent, 1)
	n := len(groups)
	known := learnFrom(f, groups, workers)
	level := known.level
	list := make([]findings, n)
	each(n, workers, func(i int, mem *memory) {
		list[i] = find(f, &groups[i], known.read(f, groups, i, mem), level[i], known.shared, mem)
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

// The tests that are made on a group.
const (
	testNew = iota
	testStopped
	testSpike
	testSlope
	tests
)

// findings are the results of the tests of one group, before the results of the other
// groups are known.
type findings struct {
	tests    [tests]finding
	recent   rates // of the recent period
	watched  int
	isNew    bool
	sporadic bool
	falling  bool
}

// finding is the result of one test.
type finding struct {
	p     float64
	onset int
	rates rates
}

// made returns how many of the tests were made.
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

	var d *dispersion // slow to compute, and few groups need it
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

// name gives the verdict, once the q of each test is known.
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

// isNew decides whether a group is new. That is a fact and not a test: nothing came
// before, in watched time that is at least as long as the recent period and long enough
// to have seen what happens every working day (or, by hours, once a day). p is the
// probability that all its hours would come so late if they were spread evenly.
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
