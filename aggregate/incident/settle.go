package incident

import (
	"math"
	"slices"
)

// hardly is by how much a moment may be less likely than the best, in the
// logarithm, for an earlier one to come first: what came later may be an answer.
const hardly = 1.0

// Settle chooses the onset of a jump that the events leave open between low and
// high, with the help of moments at which something happened that would explain
// it: the first event behind one of those is the onset, the earliest that is
// hardly less likely than the best. Without a moment in between it stays at.
//
// times are those of the pooled events, ascending; [from, to) is the time that
// was looked at.
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

// split returns the log likelihood, up to a constant, of one rate before and
// another from the event at on: of a Poisson process each.
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
