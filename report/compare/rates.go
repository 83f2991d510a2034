package compare

import (
	"runtime"
	"slices"
	"time"

	"trail403/aggregate/trend"
)

const (
	day = 24 * time.Hour
	// longest is how many intervals of two windows and the time between are compared.
	longest = 20_000
)

// span is a time from one moment to another.
type span struct{ from, to time.Time }

// rates compares the counts of groups that both reports have. The later report counts
// from the end of the earlier one, because what both saw is no change. There are none
// where a report has no complete interval.
func rates(earlier, later *Report, pairs [][2]*Group) (list []trend.Difference, ok bool) {
	f, before, after, ok := frameOf(earlier, later)
	if !ok {
		return nil, false
	}
	gaps := map[string][]time.Time{} // by account
	for _, gap := range slices.Concat(earlier.Coverage.Gaps, later.Coverage.Gaps) {
		if at, err := time.Parse(time.DateOnly, gap.Day); err == nil && gap.Account != "" {
			gaps[gap.Account] = append(gaps[gap.Account], at)
		}
	}
	groups := make([]trend.Group, len(pairs))
	shared := between(f, before, after)
	for i, p := range pairs {
		groups[i].Unseen = withGaps(f, shared, gaps, p[1])
		groups[i].Counts = append(counts(f, p[0], before), counts(f, p[1], after)...)
	}
	return trend.Between(f, groups, runtime.GOMAXPROCS(0)), true
}

// frameOf returns the complete intervals of both reports, as one frame.
func frameOf(earlier, later *Report) (f trend.Frame, before, after span, ok bool) {
	a, b := &earlier.Window, &later.Window
	if a.From == nil || a.To == nil || b.From == nil || b.To == nil {
		return f, before, after, false
	}
	step := max(a.length(), b.length(), time.Hour)
	before, after = span{*a.From, seenUntil(earlier)}, span{*b.From, seenUntil(later)}
	if before.to.Sub(before.from) >= 7*day {
		step = max(step, day)
	}
	if after.from.Before(before.to) {
		after.from = before.to
	}
	before, after = before.complete(step), after.complete(step)
	if !before.from.Before(before.to) || !after.from.Before(after.to) || after.from.Before(before.to) ||
		after.to.Sub(before.from) > longest*step {
		return f, before, after, false
	}
	f = trend.Frame{
		Start: before.from, Step: step, N: int(after.to.Sub(before.from) / step),
		Recent: int(after.to.Sub(after.from) / step),
	}
	return f, before, after, true
}

// seenUntil returns when the data of a report ends: with its window, or before.
func seenUntil(r *Report) time.Time {
	if d := r.Coverage.Delivered; d != nil && d.Before(*r.Window.To) {
		return *d
	}
	return *r.Window.To
}

// complete leaves out the intervals that the ends of the span cut. Weeks start on
// Monday, and the zero time of Go is one.
func (s span) complete(step time.Duration) span {
	from := s.from.UTC().Truncate(step)
	if from.Before(s.from) {
		from = from.Add(step)
	}
	return span{from, s.to.UTC().Truncate(step)}
}

// between marks the intervals that no report covers. It is nil if there are none.
func between(f trend.Frame, before, after span) (unseen []bool) {
	if !before.to.Before(after.from) {
		return nil
	}
	unseen = make([]bool, f.N)
	from, to := int(before.to.Sub(f.Start)/f.Step), int(after.from.Sub(f.Start)/f.Step)
	for i := from; i < to; i++ {
		unseen[i] = true
	}
	return unseen
}

// withGaps marks the days of which a trail of the group has no data, too.
func withGaps(f trend.Frame, shared []bool, gaps map[string][]time.Time, g *Group) []bool {
	days := slices.Concat(gaps[g.PrincipalAccount], gaps[g.BucketAccount])
	if len(days) == 0 {
		return shared
	}
	unseen := make([]bool, f.N)
	copy(unseen, shared)
	for _, at := range days {
		for t := at; t.Before(at.Add(day)); t = t.Add(min(f.Step, day)) {
			if i := int(t.Sub(f.Start) / f.Step); !t.Before(f.Start) && i < f.N {
				unseen[i] = true
			}
		}
	}
	return unseen
}

// counts adds up the denials of a group in each interval of a part of the frame.
func counts(f trend.Frame, g *Group, in span) (list []trend.Count) {
	for _, p := range g.Series {
		if p.Start.Before(in.from) || !p.Start.Before(in.to) {
			continue
		}
		i := int32(p.Start.Sub(f.Start) / f.Step)
		n := int32(min(p.Denials, 1<<30))
		if last := len(list) - 1; last >= 0 && list[last].Index == i {
			list[last].N = min(list[last].N+n, 1<<30)
			continue
		}
		list = append(list, trend.Count{Index: i, N: n})
	}
	slices.SortFunc(list, func(a, b trend.Count) int { return int(a.Index) - int(b.Index) })
	return list
}
