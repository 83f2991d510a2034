package sight

import (
	"math"
	"time"

	"trail403/aggregate/rows"
	"trail403/aggregate/trend"
	"trail403/aggregate/window"
)

// Frame returns the time that trends are judged in, and when the recent period starts,
// which is zero without a denial. Where a window was asked for, the frame is that
// window, with the history before it as far as it was seen. Where it was left open, the
// frame reaches as far as there are denials, and further while there are objects day by
// day: days without a denial show that something started or stopped.
func (s *Sight) Frame(
	t *rows.Table, asked window.Window, historyFrom time.Time, recent time.Duration,
) (f trend.Frame, recentFrom time.Time) {
	first, last := t.Span(math.MinInt64)
	if first.IsZero() {
		return f, recentFrom
	}
	from, to := asked.From, asked.To
	switch {
	case from.IsZero():
		from = s.back(first)
	case historyFrom.Before(from) && !historyFrom.IsZero():
		from = s.history(first, from, historyFrom)
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
	asks := f.N
	if from := ceil(asked.From, f.Step); from.After(f.Start) {
		asks = max(int(to.Truncate(f.Step).Sub(from)/f.Step), 0)
	}
	recentFrom = s.recent(&f, asks, last, recent)
	if recentFrom.Before(asked.From) {
		recentFrom = asked.From
	}
	return f, recentFrom
}

// back returns the start of the hour of the first denial, or that of the first day of
// those in a row before it that have objects.
func (s *Sight) back(first time.Time) time.Time {
	from := first.Truncate(time.Hour)
	for d := first.Truncate(day).Add(-day); s.has(d); d = d.Add(-day) {
		from = d
	}
	return from
}

// history returns since when the time before a window was seen, which is historyFrom at
// the earliest. That an archive has nothing of a day does not show that nothing was
// denied then.
func (s *Sight) history(first, from, historyFrom time.Time) time.Time {
	if first.After(from) {
		first = from
	}
	if seen := s.back(first); seen.After(historyFrom) {
		return seen
	}
	return historyFrom
}
