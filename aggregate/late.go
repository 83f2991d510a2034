package aggregate

import "time"

// lateOf returns when of late begins, for whether something goes on or has ended: a
// tenth of the window before the last denial, and three days if trends are judged by
// days, from the beginning of an interval on. It is zero without a denial.
func lateOf(w Window, last time.Time) time.Time {
	if last.IsZero() {
		return time.Time{}
	}
	span := w.To.Sub(w.From)
	late := span / 10
	if span >= 7*day {
		late = max(late, 3*day)
	}
	return w.Interval.Start(last.Add(-late))
}
