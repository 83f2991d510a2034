package trend

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Direction says how the counts of two periods differ.
type Direction string

// The directions. An empty one means that chance explains the difference, or that too
// little was seen to say.
const (
	Louder  Direction = "louder"
	Quieter Direction = "quieter"
)

// Difference compares the counts of the recent intervals of a frame with those before.
type Difference struct {
	Direction                  Direction
	BeforePerDay, AfterPerDay  float64
	Ratio, RatioLow, RatioHigh float64 // NaN if nothing came before
	P, Q                       float64 // NaN if nothing can be compared
}

// Between compares the recent intervals of each group with those before, whatever
// happened within either. It learns the weekdays and the dispersion from all groups
// together, as [Judge] does, and corrects for the number of groups.
func Between(f Frame, groups []Group, workers int) []Difference {
	f.N, f.Recent = max(f.N, 0), max(f.Recent, 1)
	known := learnFrom(f, groups, workers)
	list := make([]Difference, len(groups))
	each(len(groups), workers, func(i int, mem *memory) {
		list[i] = known.difference(f, known.read(f, groups, i, mem), known.level[i])
	})
	var p []float64
	var made []int
	for i := range list {
		if !math.IsNaN(list[i].P) {
			p, made = append(p, list[i].P), append(made, i)
		}
	}
	for k, q := range benjaminiHochberg(p) {
		d := &list[made[k]]
		d.Q = q
		switch {
		case d.P > maxP || q > maxQ:
		case d.Ratio > 1:
			d.Direction = Louder
		default:
			d.Direction = Quieter
		}
	}
	return list
}

// difference compares both parts of a series.
func (l *learned) difference(f Frame, s *series, m measured) Difference {
	var r rates
	phi := l.shared.usual()
	if s.events < minEvents || m.n == 0 {
		past := s.pastAll
		m = measured{level: past.mean(), n: float64(past.intervals), grown: 1}
		r = s.plainRates(l.shared)
	} else {
		phi = m.shrunk(l.shared)
		r = s.rates(s.recent, len(s.at), m, phi)
	}
	var v Verdict
	r.tell(f, &v)
	d := Difference{BeforePerDay: v.BaselinePerDay, AfterPerDay: v.RecentPerDay,
		Ratio: v.Ratio, RatioLow: v.RatioLow, RatioHigh: v.RatioHigh, P: math.NaN(), Q: math.NaN()}
	if s.events >= minEvents && r.expected > 0 && r.intervals > 0 {
		d.P = r.byChance(m, phi)
	}
	return d
}

// byChance returns how likely a count is that lies as far from the expected one. It uses
// the same error of the logarithm of the ratio as [rates.interval]. If nothing came, it
// is the probability of that.
func (r *rates) byChance(m measured, phi float64) float64 {
	if r.count == 0 {
		return math.Exp(-math.Log1p(phi*r.expected/r.intervals) / phi * r.intervals)
	}
	z := math.Log(r.count/r.expected) / math.Sqrt(1/r.count+phi/r.intervals+m.unsure(phi))
	return min(1, 2*distuv.UnitNormal.Survival(math.Abs(z)))
}
