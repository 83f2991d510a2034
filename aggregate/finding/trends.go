package finding

import (
	"runtime"
	"slices"
	"time"

	"trail403/aggregate/group"
	"trail403/aggregate/incident"
	"trail403/aggregate/link"
	"trail403/aggregate/rows"
	"trail403/aggregate/trend"
)

// onsetPast is how many intervals before a jump are used to find its exact time.
const onsetPast = 14

// Trends fills in the trend of each group. groups must be in the order in which they
// were added.
func (f *Finder) Trends(all *rows.Groups, groups []group.Group, l *link.Linker) {
	for n, v := range trend.Judge(f.frame, f.groups, runtime.GOMAXPROCS(0)) {
		g := &groups[n]
		g.Trend = group.Trend{
			Kind: v.Kind, RecentPerDay: v.RecentPerDay, BaselinePerDay: v.BaselinePerDay,
			Ratio: v.Ratio, RatioLow: v.RatioLow, RatioHigh: v.RatioHigh, P: v.P, Q: v.Q, Intervals: v.Intervals,
		}
		switch v.Kind {
		case trend.New:
			g.Trend.Onset = g.FirstSeen
			g.Trend.Changes = l.Before(l.About(g), g.Trend.Onset)
		case trend.Spike:
			a := l.About(g)
			g.Trend.Onset = f.onset(all, n, v.OnsetIndex, func(low, high int64) []int64 { return l.Moments(a, low, high) })
			g.Trend.Changes = l.Before(a, g.Trend.Onset)
		}
	}
}

// onset refines the interval in which a group jumped to the time of the first denial of
// the new level. moments returns the times of changes that would explain it.
func (f *Finder) onset(all *rows.Groups, n, index int, moments func(low, high int64) []int64) time.Time {
	begin := f.frame.Start.Add(time.Duration(index) * f.frame.Step)
	from, to := begin.Add(-onsetPast*f.frame.Step).UnixMicro(), begin.Add(f.frame.Step).UnixMicro()
	var times []int64
	for r := range all.Rows(n) {
		if r.Micros >= from && r.Micros < to {
			times = append(times, r.Micros)
		}
	}
	slices.Sort(times)
	at, low, high, ok := trend.ChangePoint(times, from, to)
	if !ok {
		i, _ := slices.BinarySearch(times, begin.UnixMicro())
		return time.UnixMicro(times[min(i, len(times)-1)]).UTC()
	}
	return time.UnixMicro(incident.Settle(times, from, to, at, low, high, moments(low, high))).UTC()
}
