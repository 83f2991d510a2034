package sight

import (
	"time"

	"trail403/aggregate/rows"
	"trail403/aggregate/trend"
	"trail403/aggregate/window"
)

// Frame returns the time that trends are judged in, and when the recent period starts,
// which is zero without a denial. Where a window was asked for, the frame is that
// window. Where it was left open, the frame reaches as far as there are denials, and
// further while there are objects day by day: days without a denial show that something
// started or stopped.
func (s *Sight) Frame(t *rows.Table, asked window.Window, recent time.Duration) (f trend.Frame, recentFrom time.Time) {
	first, last := t.Span()
	if first.IsZero() {
		return f, recentFrom
	}
	from, to := asked.From, asked.To
	if from.IsZero() {
		from = first.Truncate(time.Hour)
		for d := first.Truncate(day).Add(-day); s.has(d); d = d.Add(-day) {
			from = d
		}
	}
	if to.IsZero() {
		to = last.Truncate(time.Hour).Add(time.Hour)
		// The objects of the last day may hold only records of the day before.
		for d := last.Truncate(day).Add(day); s.has(d) && s.has(d.Add(day)); d = d.Add(day) {
			to = d.Add(day)
		}
	}
	f = trend.Frame{Step: time.Hour}
	if ceil(to, day).Sub(from.Truncate(day)) >= window.DailyFrom {
		f.Step = day
		// Where the window was left open, the archive starts and ends with a day.
		// Whether that day is complete is for trim to find out.
		if asked.From.IsZero() {
			from = from.Truncate(day)
		}
		if asked.To.IsZero() {
			to = ceil(to, day)
		}
	}
	f.Start = ceil(from, f.Step)
	f.N = max(int(to.Truncate(f.Step).Sub(f.Start)/f.Step), 0)
	if f.Step == day {
		trim(t, &f)
	}
	if f.N == 0 { // too short to say what is recent, so everything is
		f.Recent = 1
		return f, first
	}
	recentFrom = s.recent(&f, last, recent)
	return f, recentFrom
}
