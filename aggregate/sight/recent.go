package sight

import (
	"time"

	"trail403/aggregate/trend"
)

// recent sets how many of the last intervals of a frame are recent, and returns when
// the recent period starts. This is its one definition: trends compare it with the
// time before, and whatever has denials in it is ongoing.
//
// The period is counted back from the end of the frame, or from the end of the data
// where a window was asked for that ends later than anything that was read. Trends pass
// over days that were not seen, and nothing has ended because the data did.
//
// Where nobody says how long it is, its length is that for asks intervals: those of the
// window, without its history.
func (s *Sight) recent(f *trend.Frame, asks int, last time.Time, length time.Duration) time.Time {
	f.Recent = int((length + f.Step - 1) / f.Step)
	if length == 0 {
		f.Recent = trend.DefaultRecent(time.Duration(asks)*f.Step, f.Step)
	}
	f.Recent = min(max(f.Recent, 1), f.N)
	end := int(s.dataEnd(f, last).Sub(f.Start) / f.Step)
	return f.Start.Add(time.Duration(max(end-f.Recent, 0)) * f.Step)
}

// dataEnd returns when the data of the frame ends: after the last denial and the last
// day that has objects. Without names of objects it is believed to reach the end.
func (s *Sight) dataEnd(f *trend.Frame, last time.Time) time.Time {
	end := f.Start.Add(time.Duration(f.N) * f.Step)
	if len(s.seen) == 0 {
		return end
	}
	seen := last.Truncate(f.Step).Add(f.Step)
	for d := ceil(end, day).Add(-day); d.Add(day).After(seen); d = d.Add(-day) {
		if s.has(d) {
			seen = d.Add(day)
		}
	}
	if seen.Before(end) {
		return seen
	}
	return end
}
