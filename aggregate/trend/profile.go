package trend

import "math"

// The weekday profile. A group's own weeks are few, so its weekday means are largely
// noise. Those of all groups together are certain, but groups differ. Each factor is
// therefore a mean of the two, weighted by how well each is known (empirical Bayes:
// Efron and Morris 1975, JASA 70:311): first the weekend against working days, then
// each day against the days of its kind.

// weekdays holds a group's own factors, and the variance with which it knows them.
type weekdays struct {
	weekend  estimate    // the rate of Saturday and Sunday, divided by that of working days
	each     [7]estimate // the rate of each day, divided by that of its kind
	measured bool
}

// estimate is a value with the variance of its error. If the variance is infinite,
// nothing is known.
type estimate struct{ value, variance float64 }

// prior is what all groups show about a value: its mean, and how much groups differ.
type prior struct{ mean, variance float64 }

// shrink returns the mean of e and p, weighted by how well each is known.
func (p prior) shrink(e estimate) float64 {
	if math.IsInf(e.variance, 1) || e.variance+p.variance <= 0 {
		return p.mean
	}
	return p.mean + (e.value-p.mean)*p.variance/(p.variance+e.variance)
}

func weekend(d int) bool { return d == 0 || d == 6 }

// measureWeekdays measures the group's own factors on its baseline.
func measureWeekdays(f Frame, s *series) (w weekdays) {
	w.weekend.variance = math.Inf(1)
	for d := range w.each {
		w.each[d].variance = math.Inf(1)
	}
	n := s.past()
	var sums, days [7]float64
	var kindSum, kindDays [2]float64
	for i := range n {
		d := s.weekday[i]
		sums[d] += s.x[i]
		days[d]++
	}
	for d := range sums {
		k := kindOf(d)
		kindSum[k] += sums[d]
		kindDays[k] += days[d]
	}
	if f.Step < day || n < 14 || kindDays[0] == 0 || kindDays[1] == 0 || kindSum[0] == 0 {
		return w
	}
	rate := [2]float64{kindSum[0] / kindDays[0], kindSum[1] / kindDays[1]}
	// A rough estimate of how much a day varies: each kind around its mean.
	excess, weight := 0.0, 0.0
	for i := range n {
		k := kindOf(s.weekday[i])
		e := s.x[i] - rate[k]
		excess += e*e*kindDays[k]/max(kindDays[k]-1, 1) - rate[k]
		weight += rate[k] * rate[k]
	}
	const usual, worth = 0.15, 10
	phi := (max(0, excess/weight)*float64(n) + usual*worth) / (float64(n) + worth)

	ratio := rate[1] / rate[0]
	known := max(ratio, 0.1) // a weekend of zeros also has an error
	w.weekend = estimate{min(ratio, 4),
		known * known * ((1/(known*rate[0])+phi)/kindDays[1] + (1/rate[0]+phi)/kindDays[0])}
	for d := range sums {
		r := max(rate[kindOf(d)], 0.05*rate[0])
		if days[d] > 0 {
			w.each[d] = estimate{min(sums[d]/days[d]/r, 4), (1/r + phi) / days[d]}
		}
	}
	w.measured = true
	return w
}

func kindOf(d int) int {
	if weekend(d) {
		return 1
	}
	return 0
}

// profiles is what all groups show about weekdays.
type profiles struct {
	weekend prior
	each    [7]prior
}

// poolWeekdays learns from all groups. If there are few, usual values fill in: weekends
// at three quarters, give or take a quarter, and equal days.
func poolWeekdays(list []weekdays) profiles {
	var p profiles
	p.weekend = pool(list, prior{0.75, 0.0625}, 10, func(w *weekdays) estimate { return w.weekend })
	for d := range p.each {
		p.each[d] = pool(list, prior{1, 0.01}, 20, func(w *weekdays) estimate { return w.each[d] })
	}
	return p
}

// pool returns the mean of the groups' values and the variance between groups, which is
// the variance of the values minus that of their errors. It adds a number of usual
// groups.
func pool(list []weekdays, usual prior, more float64, of func(*weekdays) estimate) prior {
	// The weight of a group is bounded by what it knows.
	weigh := func(e estimate) float64 { return 1 / (usual.variance + e.variance) }
	var weights, values total
	for i := range list {
		if e := of(&list[i]); list[i].measured && !math.IsInf(e.variance, 1) {
			weights.add(weigh(e) * usual.variance)
			values.add(weigh(e) * usual.variance * e.value)
		}
	}
	m := (values.sum() + more*usual.mean) / (weights.sum() + more)
	var spread total
	for i := range list {
		if e := of(&list[i]); list[i].measured && !math.IsInf(e.variance, 1) {
			spread.add(weigh(e) * usual.variance * ((e.value-m)*(e.value-m) - e.variance))
		}
	}
	v := (spread.sum() + more*usual.variance) / (weights.sum() + more)
	return prior{m, max(v, usual.variance/25)}
}

// apply sets the profile of the series: factors whose mean over its baseline is 1.
func (p *profiles) apply(f Frame, s *series, own *weekdays) {
	if f.Step < day {
		return // the hours of the day matter more, and a few days do not show them
	}
	var w [7]float64
	end := max(p.weekend.shrink(own.weekend), 0.01)
	for d := range w {
		w[d] = max(p.each[d].shrink(own.each[d]), 0.05)
		if weekend(d) {
			w[d] *= end
		}
	}
	sum, n := 0.0, s.past()
	for i := range n {
		sum += w[s.weekday[i]]
	}
	if n < 7 {
		sum, n = 0, 7
		for _, v := range w {
			sum += v
		}
	}
	for i := range s.w {
		s.w[i] = w[s.weekday[i]] * float64(n) / sum
	}
}
