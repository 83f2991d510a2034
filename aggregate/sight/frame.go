package sight

import (
	"time"

	"trail403/aggregate/rows"
	"trail403/aggregate/trend"
	"trail403/aggregate/window"
)

// Frame returns the time that trends are judged in. Where flags set the
// window it is the window; where they leave it open it goes as far as there are
// denials, and on while there are objects day by day: a trail without any denial
// is what shows that something began or stopped.
func (s *Sight) Frame(t *rows.Table, flags window.Window, recent time.Duration) trend.Frame {
	first, last := t.Span()
	if first.IsZero() {
		return trend.Frame{}
	}
	from, to := flags.From, flags.To
	if from.IsZero() {
		from = first.Truncate(time.Hour)
		for d := first.Truncate(day).Add(-day); s.has(d); d = d.Add(-day) {
			from = d
		}
	}
	if to.IsZero() {
		to = last.Truncate(time.Hour).Add(time.Hour)
		// The last day with objects may have them only of the day before.
		for d := last.Truncate(day).Add(day); s.has(d) && s.has(d.Add(day)); d = d.Add(day) {
			to = d.Add(day)
		}
	}
	f := trend.Frame{Step: time.Hour}
	if ceil(to, day).Sub(from.Truncate(day)) >= window.DailyFrom {
		f.Step = day
		// Without a flag a day begins and ends the archive; whether a whole one, the
		// denials tell.
		if flags.From.IsZero() {
			from = from.Truncate(day)
		}
		if flags.To.IsZero() {
			to = ceil(to, day)
		}
	}
	f.Start = ceil(from, f.Step)
	f.N = max(int(to.Truncate(f.Step).Sub(f.Start)/f.Step), 0)
	if f.Step == day {
		trim(t, &f)
	}
	f.Recent = int((recent + f.Step - 1) / f.Step)
	if recent == 0 {
		f.Recent = trend.DefaultRecent(time.Duration(f.N)*f.Step, f.Step)
	}
	f.Recent = min(max(f.Recent, 1), max(f.N, 1))
	return f
}
