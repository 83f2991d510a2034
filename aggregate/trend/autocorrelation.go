package trend

import "math"

// Consecutive days are alike: a level wanders, and a burst lasts past midnight.
// Therefore n days say only as much as a smaller number of independent days, and a
// wandering level looks like a trend by chance. How much the variance of a measurement
// over n days grows is estimated twice, from the group's own days and from the days of
// all groups, and the larger estimate is used.

// hamedRao returns the factor by which the variance of mannKendall's s grows: n/n* of
// Hamed and Rao (1998, Journal of Hydrology 204:182). It is computed from those
// autocorrelations of the ranks of y that differ from zero at the 5% level; y must have
// no trend left in it. Only positive ones count, so the factor is never below 1: some
// series seem to alternate by chance, and that would make the test too bold.
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

// alike says how much a day resembles the one before it and the one before that: the
// autocorrelations of a group's baseline at lags 1 and 2, without its trend. n is the
// number of days, or 0 if there are too few.
type alike struct{ one, two, n float64 }

// measureAlike measures the baseline of a series whose profile is set.
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
		// Bound each value, so that one burst does not hide everything else.
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

// likeness is what all groups show together: first is the autocorrelation at lag 1, and
// each further lag multiplies it by decay.
type likeness struct{ first, decay float64 }

// poolAlike learns from all groups. It uses medians, because some groups do have a
// trend.
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
	// Removing a mean and a trend also removes some of the similarity between days, the
	// more the stronger it is (Marriott and Pope 1954, Biometrika 41:390).
	r := likeness{}
	grown := 1.0
	for range 10 {
		lost := min(0.5, 2*grown/days)
		r.first = m1*(1-lost) + lost
		second := m2*(1-lost) + lost
		// A few groups say little, and a value that chance explains counts as nothing.
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

// grown returns the factor by which the variance of a mean of n days grows.
func (l likeness) grown(n float64) float64 {
	sum, c := 1.0, l.first
	for lag := 1.0; lag < n && c > 1e-3; lag++ {
		sum += 2 * c * (1 - lag/n)
		c *= l.decay
	}
	return max(1, sum)
}
