package trend

import "math"

// Days resemble their neighbours: a level wanders, a burst lasts past midnight.
// Then n days tell as little as fewer independent ones, and by chance a
// wandering level looks like a trend. By how much the variance of what is
// measured over n days grows is estimated twice, from the group's own days and
// from those of all groups, and the larger is believed.

// hamedRao returns by how much the variance of mannKendall's s grows: n/n* of
// Hamed and Rao (1998, Journal of Hydrology 204:182), from the autocorrelations
// of the ranks of y, which is to be free of its trend, that differ from zero at
// the 5% level. Only those above zero count, so that it is never below 1: days
// that seem to alternate, which by chance some always do, would make the test
// bolder.
func hamedRao(y []float64) float64 {
	n := len(y)
	if n < 4 {
		return 1
	}
	r := ranks(y)
	mean := float64(n+1) / 2
	var total float64
	for i := range r {
		r[i] -= mean
		total += r[i] * r[i]
	}
	if total == 0 {
		return 1
	}
	limit := 1.96 / math.Sqrt(float64(n))
	sum := 0.0
	for lag := 1; lag < n-2; lag++ {
		c := 0.0
		for i := lag; i < n; i++ {
			c += r[i] * r[i-lag]
		}
		if c /= total; c > limit {
			k := float64(n - lag)
			sum += k * (k - 1) * (k - 2) * c
		}
	}
	return 1 + 2*sum/(float64(n)*float64(n-1)*float64(n-2))
}

// alike is how much a day resembles the one before it and the one before that:
// the autocorrelations of a group's past at lags 1 and 2, once its trend is
// taken out. N is of how many days; 0 where they are too few.
type alike struct{ one, two, n float64 }

// measureAlike measures the past of a series whose profile is set.
func measureAlike(s *series, m measured, mem *memory) alike {
	n := s.past()
	if m.n == 0 || n < 14 {
		return alike{}
	}
	phi := max(m.phi, 0.05)
	y := mem.y[:0]
	middle := float64(n-1) / 2
	var sum, slope, squares float64
	for i := range n {
		mean := m.level * s.w[i]
		// A burst is not to drown all else.
		v := max(-2.5, min(2.5, (s.x[i]-mean)/math.Sqrt(mean+phi*mean*mean)))
		t := float64(i) - middle
		y = append(y, v)
		sum += v
		slope += v * t
		squares += t * t
	}
	mem.y = y
	mean := sum / float64(n)
	slope /= squares
	var c [3]float64
	for i := range y {
		y[i] -= mean + slope*(float64(i)-middle)
		for lag := range c {
			if i >= lag {
				c[lag] += y[i] * y[i-lag]
			}
		}
	}
	if c[0] <= 0 {
		return alike{}
	}
	return alike{c[1] / c[0], c[2] / c[0], float64(n)}
}

// likeness is what all groups say: the autocorrelation is first at lag 1, and at
// each further lag decay times that before.
type likeness struct{ first, decay float64 }

// poolAlike learns from all groups, by their medians: some do have a trend.
func poolAlike(list []alike) likeness {
	var one, two, n []float64
	for _, a := range list {
		if a.n > 0 {
			one, two, n = append(one, a.one), append(two, a.two), append(n, a.n)
		}
	}
	if len(n) == 0 {
		return likeness{}
	}
	groups, days := float64(len(n)), median(n)
	m1, m2 := median(one), median(two)
	// Taking a mean and a trend out takes some of what days have in common with
	// them, the more the more it is (Marriott and Pope 1954, Biometrika 41:390).
	r := likeness{}
	grown := 1.0
	for range 10 {
		lost := min(0.5, 2*grown/days)
		r.first = m1*(1-lost) + lost
		second := m2*(1-lost) + lost
		// Few groups tell little, and what is within chance is nothing.
		r.first *= groups / (groups + 10)
		second *= groups / (groups + 10)
		if r.first < 0.02+2.5/math.Sqrt(groups*days) {
			return likeness{}
		}
		r.decay = max(0, min(0.95, second/r.first))
		grown = r.grown(days)
	}
	return r
}

// grown returns by how much the variance of a mean of n days grows.
func (l likeness) grown(n float64) float64 {
	sum, c := 1.0, l.first
	for lag := 1.0; lag < n && c > 1e-3; lag++ {
		sum += 2 * c * (1 - lag/n)
		c *= l.decay
	}
	return max(1, sum)
}
