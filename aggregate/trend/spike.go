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
	expected float64
	count    float64
}

// findSpike tests each recent interval, and the recent time as a whole, against
// the group's own past: one day of eight times is lost in the sum of nine. The
// past alone tells level and dispersion, so that a spike does not hide itself.
func findSpike(s *series, m measured, known func() *dispersion) spike {
	result := spike{p: 1}
	if m.n == 0 || s.recent == len(s.at) {
		return result
	}
	var all part
	var parts []part
	for i := s.recent; i < len(s.at); i++ {
		e := m.level * max(s.w[i], leastDay)
		one := part{i, i + 1, s.x[i], e, e * e}
		all.from, all.to = s.recent, i+1
		all.x, all.mean, all.squares = all.x+one.x, all.mean+e, all.squares+e*e
		if one.x >= leastSpike*e {
			parts = append(parts, one)
		}
	}
	tests := float64(len(s.at)-s.recent) + 1
	if tests == 2 {
		tests = 1 // the one interval is the whole
	} else if all.x >= leastSpike*all.mean {
		parts = append(parts, all)
	}
	for _, t := range parts {
		p := 0.0
		d := known()
		for k, w := range d.weight {
			p += w * t.p(d.phi[k], m)
		}
		if p *= tests; p < result.p {
			result.p = p
		}
	}
	if result.p < 1 {
		result.stretch(s, m)
	}
	return result
}

// part is one of the stretches tested.
type part struct {
	from, to         int
	x, mean, squares float64 // squares is the sum of the intervals' squared means
}

// p returns the probability of as much or more. The level is itself an estimate
// from n intervals, which adds to the dispersion.
func (t *part) p(phi float64, m measured) float64 {
	return atLeast(t.x, t.mean, phi*t.squares/(t.mean*t.mean)+(phi+1/m.level)/m.n)
}

// stretch sets which intervals the spike is: from the first to the last that lie
// nearer to its peak than to the past.
func (sp *spike) stretch(s *series, m measured) {
	peak := 0.0
	over := func(i int) float64 { return s.x[i] / (m.level * max(s.w[i], leastDay)) }
	for i := s.recent; i < len(s.at); i++ {
		peak = max(peak, over(i))
	}
	limit := math.Sqrt(peak)
	sp.from = -1
	for i := s.recent; i < len(s.at); i++ {
		if over(i) >= limit {
			if sp.from < 0 {
				sp.from = i
			}
			sp.to = i + 1
		}
	}
	for i := sp.from; i < sp.to; i++ {
		sp.count += s.x[i]
		sp.expected += m.level * max(s.w[i], leastDay)
	}
}
