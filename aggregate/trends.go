package aggregate

import (
	"maps"
	"runtime"
	"slices"
	"time"

	"trail403/aggregate/incident"
	"trail403/aggregate/trend"
	"trail403/ingest/source"
)

// Trend says what a group's series does. See docs/statistics.md.
type Trend struct {
	Kind trend.Kind
	// Onset is when the first denial of the new level came; zero where the kind
	// has none.
	Onset time.Time
	// RecentPerDay and BaselinePerDay are means. Ratio is the one by the other,
	// with an interval of 95%; NaN where the baseline is zero.
	RecentPerDay, BaselinePerDay float64
	Ratio, RatioLow, RatioHigh   float64
	// P is of the test that named the kind, Q is P after the correction for many
	// groups.
	P, Q      float64
	Intervals int // that were judged
	Changes   []Link
}

// trends judges all groups together. sight is what was seen of the trails.
type trends struct {
	frame  trend.Frame
	sight  *sight
	t      *table
	groups []trend.Group
	counts map[int32]int32
	places map[place]bool
	hours  map[int64]bool
	masks  map[source.Place][]bool
}

// place numbers a source.Place.
type place struct{ account, region uint32 }

// onsetPast is how many intervals before a jump are looked at to find its second.
const onsetPast = 14

func newTrends(t *table, frame trend.Frame, s *sight, groups int) *trends {
	return &trends{frame: frame, sight: s, t: t, groups: make([]trend.Group, 0, groups), counts: map[int32]int32{}, places: map[place]bool{}, hours: map[int64]bool{}, masks: map[source.Place][]bool{}}
}

// add takes the next group and returns the days of which something was not seen.
func (ts *trends) add(all *grouping, n int) (unseen []time.Time) {
	clear(ts.counts)
	clear(ts.places)
	clear(ts.hours)
	var g trend.Group
	step, start := ts.frame.Step.Microseconds(), ts.frame.Start.UnixMicro()
	for r := range all.rows(n) {
		ts.places[place{r.text[recipient], r.text[region]}] = true
		ts.hours[floorDiv(r.micros, time.Hour.Microseconds())] = true
		switch i := floorDiv(r.micros-start, step); {
		case i < 0:
			g.Head++
		case i >= int64(ts.frame.N):
			g.Tail++
		default:
			ts.counts[int32(i)]++
		}
	}
	g.Hours = len(ts.hours)
	for _, i := range slices.Sorted(maps.Keys(ts.counts)) {
		g.Counts = append(g.Counts, trend.Count{Index: i, N: ts.counts[i]})
	}
	where := make([]source.Place, 0, len(ts.places))
	for p := range ts.places {
		where = append(where, source.Place{Account: ts.t.strings.text(p.account), Region: ts.t.strings.text(p.region)})
	}
	if begin := ts.sight.beginOf(where); !begin.IsZero() {
		// The first day may have begun hours before the trail did.
		if i := int(floorDiv(begin.UnixMicro()-start, step)); i > 0 {
			g.Begin = i + int(day/ts.frame.Step)
		}
	}
	unseen = ts.sight.gapsOf(where)
	g.Unseen = ts.blind(where, unseen)
	ts.groups = append(ts.groups, g)
	return unseen
}

// blind returns in which intervals of the frame something was not seen; nil if in
// none. Groups of one place share it.
func (ts *trends) blind(where []source.Place, unseen []time.Time) []bool {
	if len(unseen) == 0 {
		return nil
	}
	if mask, ok := ts.masks[where[0]]; ok && len(where) == 1 {
		return mask
	}
	mask := make([]bool, ts.frame.N)
	for _, at := range unseen {
		first := int(floorDiv(at.Sub(ts.frame.Start).Microseconds(), ts.frame.Step.Microseconds()))
		for i := max(first, 0); i < min(first+int(day/ts.frame.Step), ts.frame.N); i++ {
			mask[i] = true
		}
	}
	if len(where) == 1 {
		ts.masks[where[0]] = mask
	}
	return mask
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// judge fills in the trend of each group; groups are in the order in which they
// were added.
func (ts *trends) judge(all *grouping, groups []Group, l *linker) {
	for n, v := range trend.Judge(ts.frame, ts.groups, runtime.GOMAXPROCS(0)) {
		g := &groups[n]
		g.Trend = Trend{
			Kind: v.Kind, RecentPerDay: v.RecentPerDay, BaselinePerDay: v.BaselinePerDay,
			Ratio: v.Ratio, RatioLow: v.RatioLow, RatioHigh: v.RatioHigh, P: v.P, Q: v.Q, Intervals: v.Intervals,
		}
		switch v.Kind {
		case trend.New:
			g.Trend.Onset = g.FirstSeen
			g.Trend.Changes = l.before(l.aboutOf([]*Group{g}), g.Trend.Onset)
		case trend.Spike:
			a := l.aboutOf([]*Group{g})
			g.Trend.Onset = ts.onset(all, n, v.OnsetIndex, func(low, high int64) []int64 { return l.moments(a, low, high) })
			g.Trend.Changes = l.before(a, g.Trend.Onset)
		}
	}
}

// onset refines the interval in which a group jumped to the time of the first
// denial of the new level. moments are those of changes that would explain it.
func (ts *trends) onset(all *grouping, n, index int, moments func(low, high int64) []int64) time.Time {
	begin := ts.frame.Start.Add(time.Duration(index) * ts.frame.Step)
	from, to := begin.Add(-onsetPast*ts.frame.Step).UnixMicro(), begin.Add(ts.frame.Step).UnixMicro()
	var times []int64
	for r := range all.rows(n) {
		if r.micros >= from && r.micros < to {
			times = append(times, r.micros)
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
