package trend

import "math"

const (
	leastSpike = 3   // times the past that a spike is at least
	leastDay   = 0.4 // of the mean level: what a quiet weekday is taken for at least
)

// spike is a recent stretch above the past.
type spike struct {
	p        float64
	from, to int // positions in the series, half-open
}

// expects returns the count of an interval that the past makes expect. That of a
// day on which next to nothing comes is set higher: three events on a Sunday are
// no spike.
func (m measured) expects(s *series, i int) float64 { return m.level * max(s.w[i], leastDay) }

// findSpike tests each recent interval, and the recent time as a whole, against
// the group's own past: one day of eight times is lost in the sum of nine. Level
// and dispersion are of the past alone, so that a spike does not hide itself.
// Where the group rises, its line is what is expected, if it is more.
func findSpike(s *series, m measured, line slope, known func() *dispersion) spike {
	result := spike{p: 1}
	rising := line.up && line.p <= maxP
	var parts []part
	var all part
	for i := s.recent; i < len(s.at); i++ {
		one := part{x: s.x[i], mean: m.expects(s, i)}
		if rising {
			one.mean = max(one.mean, line.at(s.at[i])*max(s.w[i], leastDay))
		}
		one.squares = one.mean * one.mean
		all = part{all.x + one.x, all.mean + one.mean, all.squares + one.squares}
		if one.x >= leastSpike*one.mean {
			parts = append(parts, one)
		}
	}
	n := len(s.at) - s.recent
	if n > 1 && all.x >= leastSpike*all.mean {
		parts = append(parts, all)
	}
	if n > 1 {
		n++ // the whole is one more test
	}
	for _, t := range parts {
		// For all that were made (Bonferroni).
		result.p = min(result.p, float64(n)*t.p(known(), m))
	}
	if result.p < 1 {
		result.from, result.to = s.high(m)
	}
	return result
}

// part is one of the stretches tested: its count, the one expected, and the sum
// of the squares of those that are expected of its intervals.
type part struct{ x, mean, squares float64 }

// p returns the probability of as much or more: the mean over the dispersions
// that the group may have. The level is itself an estimate, which adds to them.
func (t *part) p(d *dispersion, m measured) (p float64) {
	for k, phi := range d.phi {
		p += d.weight[k] * atLeast(t.x, t.mean, phi*t.squares/(t.mean*t.mean)+m.unsure(phi))
	}
	return p
}

// high returns which recent intervals the spike is: those on end around its peak
// that lie nearer to the peak than to the past, in times. One that does not lies
// between two that do.
func (s *series) high(m measured) (from, to int) {
	times := func(i int) float64 { return s.x[i] / m.expects(s, i) }
	peak := s.recent
	for i := s.recent; i < len(s.at); i++ {
		if times(i) > times(peak) {
			peak = i
		}
	}
	near := math.Sqrt(times(peak))
	is := func(i int) bool { return i >= s.recent && i < len(s.at) && times(i) >= near }
	from, to = peak, peak+1
	for is(from-1) || is(from-2) {
		from--
	}
	for is(to) || is(to+1) {
		to++
	}
	return from, to
}
