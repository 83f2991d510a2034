package main

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
)

// draw is a source of randomness. Each part of an archive has its own, with a name, so
// that a change to one part does not alter the others.
type draw struct{ *rand.Rand }

func newDraw(seed uint64, name string) draw {
	h := fnv.New64a()
	h.Write([]byte(name))
	return draw{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// pick takes one of the values.
func pick[T any](d draw, values ...T) T { return values[d.IntN(len(values))] }

// chance is true with probability p.
func (d draw) chance(p float64) bool { return d.Float64() < p }

// whole draws a whole number from lo to hi, both included.
func (d draw) whole(lo, hi int) int { return lo + d.IntN(hi-lo+1) }

// between draws a number whose logarithm is uniform between lo and hi.
func (d draw) between(lo, hi float64) float64 { return lo * math.Pow(hi/lo, d.Float64()) }

// span draws a time span between lo and hi, uniform on the logarithm.
func (d draw) span(lo, hi time.Duration) time.Duration {
	return time.Duration(d.between(float64(lo), float64(hi))).Truncate(time.Second)
}

// within draws a moment between two times.
func (d draw) within(from, to time.Time) time.Time {
	return from.Add(time.Duration(d.Float64() * float64(to.Sub(from)))).Truncate(time.Second)
}

// lognormal draws a factor with mean 1 whose logarithm has the deviation sigma.
func (d draw) lognormal(sigma float64) float64 {
	return math.Exp(sigma*d.NormFloat64() - sigma*sigma/2)
}

// poisson draws a count.
func (d draw) poisson(mean float64) int {
	if mean <= 0 {
		return 0
	}
	return int(distuv.Poisson{Lambda: mean, Src: d}.Rand())
}

// hourly draws moments at a rate per hour that depends on the hour, and that is zero or
// less if nothing comes.
func (d draw) hourly(from, to time.Time, rate func(time.Time) float64) (times []time.Time) {
	for h := from.Truncate(time.Hour); h.Before(to); h = h.Add(time.Hour) {
		for range d.poisson(rate(h)) {
			if t := d.within(h, h.Add(time.Hour)); !t.Before(from) && t.Before(to) {
				times = append(times, t)
			}
		}
	}
	return times
}

// burst draws n moments within a time span from t on.
func (d draw) burst(t time.Time, n int, span time.Duration) (times []time.Time) {
	for range n {
		times = append(times, d.within(t, t.Add(span)))
	}
	return times
}
