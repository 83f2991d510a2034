package sight

import "time"

const day = 24 * time.Hour

// ceil rounds a time up to a whole step.
func ceil(t time.Time, step time.Duration) time.Time {
	if d := t.Truncate(step); !d.Equal(t) {
		return d.Add(step)
	}
	return t
}

func daysBetween(from, to time.Time) (list []time.Time) {
	for at := from; at.Before(to); at = at.Add(day) {
		list = append(list, at)
	}
	return list
}
