package trend

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Counts that come in bursts vary more than those of independent events: their variance
// is mean + φ·mean² (the negative binomial distribution), where φ is the dispersion. A
// few weeks show a group's own dispersion only roughly, so it is drawn toward that of
// all groups (Robinson and Smyth 2007, Bioinformatics 23:2881; on the logarithm, as in
// Love, Huber and Anders 2014, Genome Biology 15:550).

// measured is a group's own level and dispersion, by the method of moments.
type measured struct {
	level    float64 // mean count of an interval of the baseline
	n        float64 // the number of intervals
	phi      float64 // can be negative
	variance float64 // of the error of phi
	grown    float64 // the factor by which the variance of the level grows, because days are alike
}

// unsure returns the variance of the level's error, relative to the square of the
// level.
func (m measured) unsure(phi float64) float64 { return (phi + 1/m.level) / m.n * m.grown }

// measureDispersion measures the baseline of a series whose profile is set.
func measureDispersion(s *series) measured {
	n := s.past()
	if n < 2 || s.activePast < minActive {
		return measured{}
	}
	sum, weight := 0.0, 0.0
	for i := range n {
		sum += s.x[i]
		weight += s.w[i]
	}
	m := measured{level: sum / weight, n: float64(n)}
	// Each interval contributes (e² - mean) / mean², with more weight the larger its
	// mean is. The profile and the level were fitted, which makes e² too small.
	excess, squares := 0.0, 0.0
	fitted := m.n / (m.n - 1)
	for i := range n {
		mean := m.level * s.w[i]
		e := s.x[i] - mean
		excess += e*e*fitted - mean
		squares += mean * mean
	}
	m.phi = excess / squares
	around := 1/m.level + max(m.phi, 0.05)
	m.variance = 2 * around * around / m.n
	return m
}

// dispersions is what all groups show together about the dispersion: the mean and the
// standard deviation of log φ.
type dispersions struct{ mean, deviation float64 }

// poolDispersion learns from all groups. If there are few, usual values fill in.
func poolDispersion(list []measured) dispersions {
	const (
		usual       = 0.2
		usualSpread = 0.04 // variance between groups
		more        = 10
		limit       = 4 // of the weight of one group
	)
	var weights, values total
	weigh := func(m *measured) float64 { return usualSpread / (usualSpread + m.variance) }
	for i := range list {
		if m := &list[i]; m.n > 0 {
			weights.add(weigh(m))
			values.add(weigh(m) * min(m.phi, limit))
		}
	}
	mean := (values.sum() + more*usual) / (weights.sum() + more)
	mean = max(mean, 0.01)
	var spread total
	for i := range list {
		if m := &list[i]; m.n > 0 {
			e := min(m.phi, limit) - mean
			spread.add(weigh(m) * (e*e - m.variance))
		}
	}
	v := max((spread.sum()+more*usualSpread)/(weights.sum()+more), 0)
	// The lognormal distribution with that mean and variance.
	deviation := math.Sqrt(math.Log1p(v / (mean * mean)))
	deviation = max(0.4, min(1.5, deviation))
	return dispersions{math.Log(mean) - deviation*deviation/2, deviation}
}

// usual returns the mean φ.
func (d dispersions) usual() float64 { return math.Exp(d.mean + d.deviation*d.deviation/2) }

// shrunk returns a rough φ of the group: its own and that of all groups, weighted by
// how well each is known.
func (m measured) shrunk(d dispersions) float64 {
	mean := d.usual()
	between := mean * mean * math.Expm1(d.deviation*d.deviation)
	return max(0.005, prior{mean, between}.shrink(estimate{m.phi, m.variance}))
}

// grid is the number of values of φ over which a group's dispersion is spread.
const grid = 11

// dispersion is what is known about a group's φ: some values, and how likely each one
// is.
type dispersion struct{ phi, weight [grid]float64 }

// of weighs a group's baseline against what all groups show, by the likelihood of each
// φ given the counts and the profile.
func (d dispersions) of(s *series, m measured) *dispersion {
	var known dispersion
	lo, hi := d.mean-2.5*d.deviation, d.mean+2.5*d.deviation
	best := math.Inf(-1)
	var logs [grid]float64
	for k := range grid {
		l := lo + (hi-lo)*float64(k)/(grid-1)
		z := (l - d.mean) / d.deviation
		known.phi[k] = math.Exp(l)
		logs[k] = -z*z/2 + likelihood(s, m.level, known.phi[k])
		best = max(best, logs[k])
	}
	sum := 0.0
	for k := range grid {
		known.weight[k] = math.Exp(logs[k] - best)
		sum += known.weight[k]
	}
	for k := range grid {
		known.weight[k] /= sum
	}
	return &known
}

// likelihood returns the log likelihood of the baseline, up to a constant that does not
// depend on φ.
func likelihood(s *series, level, phi float64) (sum float64) {
	r := 1 / phi
	base := logGamma(r)
	for i := range s.past() {
		mean := level * s.w[i]
		x := s.x[i]
		if x > 0 {
			sum += logGamma(x+r) - base + x*(math.Log(mean)-math.Log(mean+r))
		}
		sum -= r * math.Log1p(mean/r)
	}
	return sum
}

func logGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// atLeast returns the probability of a count of x or more.
func atLeast(x, mean, phi float64) float64 {
	if x <= 0 {
		return 1
	}
	if mean <= 0 {
		return 0
	}
	r := 1 / phi
	return distuv.Beta{Alpha: x, Beta: r}.CDF(mean / (mean + r))
}
