package main

import (
	"math"
	"math/rand/v2"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"trail403/aggregate/trend"
)

// week is the shape of a working week: the level of nights and weekends relative to a
// working hour.
type week struct{ nights, weekends float64 }

var (
	even    = week{1, 1}
	working = week{0.25, 0.5}
	asleep  = week{0.25, 0}
)

// counts says how the counts of groups are drawn: for each hour, mean × season × a
// gamma factor with mean 1, then Poisson.
type counts struct {
	weeks  []week     // one of these for each group
	mean   [2]float64 // per day, from and to; uniform on the logarithm
	shape  [2]float64 // of the gamma factor; uniform on the logarithm
	burst  int        // hours that share one gamma factor
	wander float64    // how much the logarithm of the level changes from day to day
}

// level is the factor that a planted kind applies to the mean of an hour. passed goes
// from 0 to 1 over the window, and left is the number of days after the day of the
// hour.
type level func(passed float64, left int) float64

// draw is the source of chance.
type draw struct{ *rand.Rand }

func newDraw(seed, stream uint64) draw { return draw{rand.New(rand.NewPCG(seed, stream))} }

// between draws a number whose logarithm is uniform over a range.
func (d draw) between(r [2]float64) float64 { return r[0] * math.Pow(r[1]/r[0], d.Float64()) }

func (d draw) gamma(shape float64) float64 {
	return distuv.Gamma{Alpha: shape, Beta: shape, Src: d}.Rand()
}

func (d draw) poisson(mean float64) int {
	if mean <= 0 {
		return 0
	}
	return int(distuv.Poisson{Lambda: mean, Src: d}.Rand())
}

// hours draws the counts of a group's hours.
func (d draw) hours(c *counts, start time.Time, n int, l level) []int {
	mean, shape := d.between(c.mean), d.between(c.shape)
	season := c.weeks[d.IntN(len(c.weeks))].hours(start)
	phase := d.IntN(c.burst)
	factor, wander := 1.0, d.NormFloat64()
	list := make([]int, n)
	for h := range list {
		if h == 0 || (h+phase)%c.burst == 0 {
			factor = d.gamma(shape)
		}
		if h > 0 && h%24 == 0 {
			const stays = 0.8 // of yesterday's deviation
			wander = stays*wander + math.Sqrt(1-stays*stays)*d.NormFloat64()
		}
		rate := mean / 24 * season[h%len(season)] * factor
		rate *= math.Exp(c.wander*wander - c.wander*c.wander/2)
		if l != nil {
			rate *= l((float64(h)+0.5)/float64(n), (n-1)/24-h/24)
		}
		list[h] = d.poisson(rate)
	}
	return list
}

// hours returns the level of each hour of a week from start on, relative to a mean
// hour.
func (w week) hours(start time.Time) []float64 {
	season := make([]float64, 7*24)
	total := 0.0
	for h := range season {
		t := start.Add(time.Duration(h) * time.Hour)
		season[h] = 1
		if t.Hour() < 8 || t.Hour() >= 20 {
			season[h] *= w.nights
		}
		if d := t.Weekday(); d == time.Saturday || d == time.Sunday {
			season[h] *= w.weekends
		}
		total += season[h]
	}
	for h := range season {
		season[h] *= float64(len(season)) / total
	}
	return season
}

// group makes a group of hourly counts.
func group(hours []int, f trend.Frame) trend.Group {
	var g trend.Group
	per := int(f.Step / time.Hour)
	for i := range f.N {
		sum := 0
		for _, n := range hours[i*per : (i+1)*per] {
			sum += n
			if n > 0 {
				g.Hours++
			}
		}
		if sum > 0 {
			g.Counts = append(g.Counts, trend.Count{Index: int32(i), N: int32(sum)})
		}
	}
	return g
}
