package trend

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

const (
	minEvents = 10 // that a verdict takes
	minActive = 5  // intervals of past that are not zero
	maxQ      = 0.02
	// Of a list with many true trends q lets more false ones in; p bounds them.
	maxP  = 0.001
	tests = 4 // that a group undergoes: new, stopped, spike, rising or falling
)

// memory is what a worker uses again.
type memory struct {
	s             series
	t, y, scratch []float64
}

// Judge says what each group does. It judges all together: what groups have in
// common (dispersion, weekdays) is learned from all, and the q of each takes the
// number of all into account. A verdict depends neither on the order of the
// groups nor on the number of workers. Judge does not keep or change groups; it
// may be called by several goroutines.
func Judge(f Frame, groups []Group, workers int) []Verdict {
	verdicts := make([]Verdict, len(groups))
	week := make([]weekdays, len(groups))
	if f.Step >= day {
		each(len(groups), workers, func(i int, mem *memory) {
			mem.s.read(f, &groups[i])
			week[i] = measureWeekdays(&mem.s)
		})
	}
	profile := poolWeekdays(week)
	level := make([]measured, len(groups))
	prepare := func(i int, mem *memory) {
		mem.s.read(f, &groups[i])
		if f.Step >= day {
			profile.apply(&mem.s, &week[i])
		}
	}
	each(len(groups), workers, func(i int, mem *memory) {
		prepare(i, mem)
		level[i] = measureDispersion(&mem.s)
	})
	shared := poolDispersion(level)
	list := make([]findings, len(groups))
	each(len(groups), workers, func(i int, mem *memory) {
		prepare(i, mem)
		list[i] = find(f, &groups[i], level[i], shared, mem)
	})

	// One correction for all groups and tests.
	var p []float64
	for i := range list {
		if list[i].enough || list[i].isNew {
			p = append(p, list[i].newP, list[i].stopped.p, list[i].spike.p, list[i].slope.p)
		}
	}
	q := benjaminiHochberg(p, len(p))
	for i := range list {
		var own [tests]float64
		if list[i].enough || list[i].isNew {
			own, q = [tests]float64(q[:tests]), q[tests:]
		}
		verdicts[i] = list[i].name(f, &groups[i], own)
	}
	return verdicts
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

// findings are what the tests of one group found, before it is known what those
// of the others did.
type findings struct {
	enough  bool
	isNew   bool
	stopped silence
	spike   spike
	slope   slope

	watched      int
	newP         float64
	newRate      float64
	first        int
	stoppedIndex int
	spikeIndex   int
	recent, past rates
	silent       rates
	spikeRates   rates
}

// rates is a count beside the one expected.
type rates struct {
	count, expected, intervals float64
	low, high                  float64 // of the ratio
}

func find(f Frame, g *Group, m measured, shared dispersions, mem *memory) (r findings) {
	s := &mem.s
	r.watched = s.watched
	r.first = s.first
	r.newP, r.stopped.p, r.spike.p, r.slope.p = 1, 1, 1, 1
	r.findNew(f, s, g)
	r.recent = s.rates(s.recent, len(s.at), m)
	r.enough = s.events >= minEvents && s.activePast >= minActive && m.n > 0 && m.level > 0
	if !r.enough {
		return r
	}
	var d *dispersion
	known := func() *dispersion {
		if d == nil {
			v := shared.of(s, m)
			d = &v
		}
		return d
	}
	rough := m.shrunk(shared)
	r.recent.interval(rough, m)
	if r.isNew {
		return r
	}
	r.stopped = findSilence(f, s, g, m, known)
	r.spike = findSpike(s, m, known)
	if f.Step >= day {
		r.slope = findSlope(s, rough, mem)
	}
	// What a trend explains is no spike.
	if r.spike.p < 1 && r.slope.p <= maxP && r.slope.up {
		r.spike.above(s, m, &r.slope, known())
	}
	if r.stopped.p < 1 {
		r.stoppedIndex = s.at[r.stopped.from]
		r.silent = s.rates(r.stopped.from, len(s.at), m)
		r.silent.interval(rough, m)
	}
	if r.spike.p < 1 {
		r.spikeIndex = s.at[r.spike.from]
		r.spikeRates = rates{count: r.spike.count, expected: r.spike.expected, intervals: float64(r.spike.to - r.spike.from)}
		r.spikeRates.interval(rough, m)
	}
	return r
}

// findNew decides whether the group is new. That is a fact and no test: nothing
// was seen before, in time that was watched and long enough to have seen what
// comes once in a cycle. Its p is the chance that all its hours lie so late had
// they been spread evenly.
func (r *findings) findNew(f Frame, s *series, g *Group) {
	cycle := 5 // a working week
	if f.Step < day {
		cycle = int(day / max(f.Step, time.Hour))
	}
	r.isNew = s.events >= minEvents && g.Hours >= 2 && s.first >= s.newBegins &&
		s.before >= max(cycle, max(f.Recent, 1))
	if !r.isNew {
		return
	}
	since := float64(max(s.since, 1))
	r.newP = math.Pow(since/(since+float64(s.before)), float64(g.Hours))
	r.newRate = float64(s.events) / since
}

// rates returns what came in a stretch beside what the past makes expect.
func (s *series) rates(from, to int, m measured) (r rates) {
	for i := from; i < to; i++ {
		r.count += s.x[i]
		r.expected += m.level * s.w[i]
		r.intervals++
	}
	return r
}

// interval sets the 95% interval of the ratio, on its logarithm by the delta
// method; of no event, the largest ratio at which none comes once in forty times.
func (r *rates) interval(phi float64, m measured) {
	n := max(r.intervals, 1)
	past := (phi + 1/m.level) / m.n
	if r.count == 0 {
		perDay := max(r.expected, 1e-9) / n
		r.low, r.high = 0, math.Expm1(math.Log(40)*phi/n)/(phi*perDay)*math.Exp(1.96*math.Sqrt(past))
		return
	}
	width := 1.96 * math.Sqrt(1/r.count+phi/n+past)
	ratio := r.count / r.expected
	r.low, r.high = ratio*math.Exp(-width), ratio*math.Exp(width)
}

// shrunk returns the group's φ roughly: its own and that of all, weighted by how
// sure each is.
func (m measured) shrunk(d dispersions) float64 {
	mean := math.Exp(d.mean + d.deviation*d.deviation/2)
	between := mean * mean * math.Expm1(d.deviation*d.deviation)
	return max(0.005, prior{mean, between}.shrink(estimate{m.phi, m.variance}))
}

// above tests the spike again, against the line of a rising trend.
func (sp *spike) above(s *series, m measured, l *slope, d *dispersion) {
	p := 1.0
	for i := s.recent; i < len(s.at); i++ {
		e := max(l.line(s.at[i]), m.level) * max(s.w[i], leastDay)
		if s.x[i] < leastSpike*e {
			continue
		}
		one := part{i, i + 1, s.x[i], e, e * e}
		v := 0.0
		for k, w := range d.weight {
			v += w * one.p(d.phi[k], m)
		}
		p = min(p, v*float64(len(s.at)-s.recent))
	}
	sp.p = max(sp.p, p)
}

// name gives the verdict, now that the q of each test is known.
func (r *findings) name(f Frame, g *Group, q [tests]float64) Verdict {
	v := Verdict{Kind: Sporadic, OnsetIndex: -1, P: 1, Q: 1, Intervals: r.watched}
	named := func(p, q float64) bool { return q <= maxQ && p <= maxP }
	use := r.recent
	switch {
	case r.isNew:
		v.Kind, v.OnsetIndex, v.P, v.Q = New, r.first, r.newP, q[0]
	case !r.enough:
	case named(r.stopped.p, q[1]):
		v.Kind, v.OnsetIndex, v.P, v.Q = Stopped, r.stoppedIndex, r.stopped.p, q[1]
		use = r.silent
	case named(r.spike.p, q[2]):
		v.Kind, v.OnsetIndex, v.P, v.Q = Spike, r.spikeIndex, r.spike.p, q[2]
		use = r.spikeRates
	case named(r.slope.p, q[3]):
		v.Kind, v.P, v.Q = Falling, r.slope.p, q[3]
		if r.slope.up {
			v.Kind = Rising
		}
	default:
		v.Kind = Steady
		v.P = min(r.stopped.p, r.spike.p, r.slope.p)
		v.Q = min(q[1], q[2], q[3])
	}
	perDay := float64(day) / float64(max(f.Step, 1))
	if use.intervals > 0 {
		v.RecentPerDay = use.count / use.intervals * perDay
		v.BaselinePerDay = use.expected / use.intervals * perDay
	}
	v.Ratio, v.RatioLow, v.RatioHigh = math.NaN(), math.NaN(), math.NaN()
	if v.Kind == New {
		v.RecentPerDay, v.BaselinePerDay = r.newRate*perDay, 0
	} else if v.BaselinePerDay > 0 {
		v.Ratio, v.RatioLow, v.RatioHigh = use.count/use.expected, use.low, use.high
	}
	return v
}
