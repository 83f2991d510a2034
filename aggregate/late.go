package aggregate

import "time"

// IsDaily says whether the window is so long that trends are judged by whole days,
// which are of a weekday.
func (w Window) IsDaily() bool { return w.To.Sub(w.From) >= dailyFrom }

// Late returns when of late begins, for whether something goes on or has ended: a
// tenth of the window before the last denial, and three days if trends are judged by
// days, from the beginning of an interval on. It is zero without a denial.
func (w Window) Late(last time.Time) time.Time {
	if last.IsZero() {
		return time.Time{}
	}
	late := w.To.Sub(w.From) / 10
	if w.IsDaily() {
		late = max(late, 3*day)
	}
	return w.Interval.Start(last.Add(-late))
}
