package incident

import (
	"math"
	"slices"
)

// hardly is how much smaller the log likelihood of a moment may be than that of the
// best one, for an earlier moment to be preferred: a later one may be a reaction to the
// incident.
const hardly = 1.0

// Settle chooses the onset of a jump if the events leave it open between low and high.
// It uses moments at which something happened that would explain the jump: the onset is
// the first event after the earliest moment whose likelihood is close to that of the
// best one. If no moment lies in between, the onset stays at.
//
// times are the times of the pooled events, in ascending order, and [from, to) is the
// time that was searched.
func Settle(times []int64, from, to, at, low, high int64, moments []int64) int64 {
	type choice struct {
		at         int64
		likelihood float64
	}
	var choices []choice
	best := math.Inf(-1)
	for _, m := range moments {
		i, _ := slices.BinarySearch(times, m)
		if m <= low || m > high || i == len(times) || times[i] > high {
			continue
		}
		c := choice{times[i], split(times, from, to, times[i])}
		choices = append(choices, c)
		best = max(best, c.likelihood)
	}
	for _, c := range choices {
		if c.likelihood >= best-hardly {
			return c.at
		}
	}
	return at
}

// split returns the log likelihood, up to a constant, of two Poisson processes: one
// with one rate before the event at the given time, and one with another rate from it
// on.
func split(times []int64, from, to, at int64) float64 {
	part := func(from, to int64) float64 {
		n, length := float64(countIn(times, from, to)), float64(to-from)
		if n == 0 || length <= 0 {
			return 0
		}
		return n * math.Log(n/length)
	}
	return part(from, at) + part(at, to)
}
