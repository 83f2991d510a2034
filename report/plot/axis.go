package plot

import (
	"math"
	"time"
)

// ceiling returns the top of an axis for counts up to most: a small number times a
// power of ten, and how many parts the axis has.
func ceiling(most int) (top float64, parts int) {
	if most < 1 {
		return 1, 1
	}
	power := math.Pow(10, math.Floor(math.Log10(float64(most))))
	for _, step := range []struct {
		times float64
		parts int
	}{{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}, {6, 3}, {8, 4}, {10, 2}} {
		if top := step.times * power; float64(most) <= top {
			if top < float64(step.parts) {
				return top, 1
			}
			return top, step.parts
		}
	}
	return 10 * power, 2
}

// steps are the distances between the times on an axis, from the shortest.
var steps = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, day,
	2 * day, 7 * day, 14 * day, 28 * day, 56 * day, 91 * day, 182 * day, 364 * day,
}

const day = 24 * time.Hour

// ticks returns at most the given number of times on an axis from one time to another,
// and how to write them.
func ticks(from, to time.Time, most int) (list []time.Time, layout string) {
	step := steps[len(steps)-1]
	for _, s := range steps {
		if to.Sub(from) <= s*time.Duration(most) {
			step = s
			break
		}
	}
	for to.Sub(from) > step*time.Duration(most) && step < math.MaxInt64/4 {
		step *= 2
	}
	at := from.Truncate(min(step, day))
	for ; at.Before(to); at = at.Add(step) {
		if !at.Before(from) {
			list = append(list, at)
		}
	}
	switch {
	case step >= day && from.Year() != to.Add(-1).Year():
		return list, time.DateOnly
	case step >= day:
		return list, "Jan 2"
	case to.Sub(from) <= day:
		return list, "15:04"
	}
	return list, "Jan 2 15:04"
}
