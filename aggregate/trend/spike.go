package trend

import "math"

const (
	leastSpike = 3   // a spike is at least this many times the baseline
	leastDay   = 0.4 // of the mean level: a quiet weekday is expected to have at least this much
)

// spike is a recent part of the series that is far above the baseline.
type spike struct {
	p        float64
	from, to int // positions in the series, half-open
}

// expects returns the count that the baseline predicts for an interval. For a day on
// which almost nothing comes, it is set higher: three events on a Sunday are not a
// spike.
func (m measured) expects(s *series, i int) float64 { return m.level * max(s.w[i], leastDay) }

// findSpike tests each recent interval, and the entire recent period, against the
// group's own baseline: a single day of eight times the level would be lost in the sum
// of nine days. Level and dispersion come from the baseline alone, so that a spike does
// not hide itself. If the group rises, its line is the expected value where that is
// higher. What is no more than the group had before in as long a time is no spike,
// however improbable.
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
		if one.x >= leastSpike*one.mean && one.x > s.mostBefore(1) {
			parts = append(parts, one)
		}
	}
	n := len(s.at) - s.recent
	if n > 1 && all.x >= leastSpike*all.mean && all.x > s.mostBefore(n) {
		parts = append(parts, all)
	}
	if n > 1 {
		n++ // the entire period is one more test
	}
	for _, t := range parts {
		// Correct for all tests that were made (Bonferroni).
		result.p = min(result.p, float64(n)*t.p(known(), m))
	}
	if result.p < 1 {
		result.from, result.to = s.high(m)
	}
	return result
}

// mostBefore returns the highest count of n intervals in a row of the baseline.
func (s *series) mostBefore(n int) (most float64) {
	sum := 0.0
	for i, x := range s.x[:s.recent] {
		if sum += x; i >= n {
			sum -= s.x[i-n]
		}
		most = max(most, sum)
	}
	return most
}

// part is one of the stretches that are tested: its count, the expected count, and the
// sum of the squares of the counts that are expected in its intervals.
type part struct{ x, mean, squares float64 }

// p returns the probability of as many or more: the mean over the dispersions that the
// group may have. The level is itself an estimate, which adds to the dispersion.
func (t *part) p(d *dispersion, m measured) (p float64) {
	for k, phi := range d.phi {
		p += d.weight[k] * atLeast(t.x, t.mean, phi*t.squares/(t.mean*t.mean)+m.unsure(phi))
	}
	return p
}

// high returns which recent intervals are the spike: the consecutive ones around its
// peak that are, as a ratio, nearer to the peak than to the baseline. A single interval
// that is not may lie between two that are.
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
