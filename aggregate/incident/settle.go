package incident

import (
	"math"
	"slices"
)

// Settle chooses the onset of a jump that the events leave open between low and
// high, with the help of moments at which something happened that would explain
// it: the first event behind one of those is the onset, the one under which the
// events are the most likely. Without a moment in between it stays at.
//
// times are those of the pooled events, ascending; [from, to) is the time that
// was looked at.
func Settle(times []int64, from, to, at, low, high int64, moments []int64) int64 {
	best, likelihood := at, math.Inf(-1)
	for _, m := range moments {
		if m <= low || m > high {
			continue
		}
		i, _ := slices.BinarySearch(times, m)
		if i == len(times) || times[i] > high {
			continue
		}
		if l := split(times, from, to, times[i]); l > likelihood {
			best, likelihood = times[i], l
		}
	}
	return best
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
