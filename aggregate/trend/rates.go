package trend

import (
	"math"
	"time"
)

// rates compares what came in some intervals with what the baseline predicts.
type rates struct {
	count, expected, intervals float64
	low, high                  float64 // the 95% interval of count divided by expected
}

// perDay returns how many intervals make a day. It is 1 for days and for longer
// intervals.
func perDay(f Frame) int {
	if f.Step <= 0 || f.Step > day {
		return 1
	}
	return int(day / max(f.Step, time.Second))
}

// rates returns the rates of a part of the series.
func (s *series) rates(from, to int, m measured, phi float64) (r rates) {
	for i := from; i < to; i++ {
		r.count += s.x[i]
		r.expected += m.level * s.w[i]
		r.intervals++
	}
	r.interval(m, phi)
	return r
}

// spikeRates returns the rates of a spike.
func (s *series) spikeRates(sp spike, m measured, phi float64) (r rates) {
	for i := sp.from; i < sp.to; i++ {
		r.count += s.x[i]
		r.expected += m.expects(s, i)
		r.intervals++
	}
	r.interval(m, phi)
	return r
}

// plainRates returns the rates of the recent period and of everything before it, for
// groups about which too little is known to say more.
func (s *series) plainRates(shared dispersions) rates {
	recent, past := s.recentAll, s.pastAll
	m := measured{level: past.mean(), n: float64(past.intervals), grown: 1}
	r := rates{count: recent.count, intervals: float64(recent.intervals)}
	r.expected = m.level * r.intervals
	if m.level > 0 {
		r.interval(m, shared.usual())
	}
	return r
}

// interval sets the 95% interval of the ratio, on its logarithm, by the delta method.
// If nothing came, it reaches up to the ratio at which that happens once in forty
// times.
func (r *rates) interval(m measured, phi float64) {
	if r.intervals == 0 || r.expected <= 0 {
		return
	}
	past := m.unsure(phi)
	if r.count == 0 {
		r.low = 0
		r.high = math.Expm1(math.Log(40)*phi/r.intervals) / (phi * r.expected / r.intervals) * math.Exp(1.96*math.Sqrt(past))
	} else {
		ratio := r.count / r.expected
		width := math.Exp(1.96 * math.Sqrt(1/r.count+phi/r.intervals+past))
		r.low, r.high = ratio/width, ratio*width
	}
	r.high = min(r.high, math.MaxFloat64) // JSON has no infinity
}

// tell writes the rates into a verdict.
func (r *rates) tell(f Frame, v *Verdict) {
	v.Ratio, v.RatioLow, v.RatioHigh = math.NaN(), math.NaN(), math.NaN()
	if r.intervals == 0 {
		return
	}
	days := r.intervals / float64(perDay(f)) * max(1, float64(f.Step)/float64(day))
	v.RecentPerDay, v.BaselinePerDay = r.count/days, r.expected/days
	if r.expected > 0 {
		v.Ratio, v.RatioLow, v.RatioHigh = r.count/r.expected, r.low, r.high
	}
}
