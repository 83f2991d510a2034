// Package finding finds the trends and incidents of groups. It hands counts and times
// to the statistics of trend and incident, which know nothing of CloudTrail, and says
// in terms of groups, policies and changes what they found.
//
// The files, each using only those before it:
//
//  1. series.go: the counts of each group, and when nothing of it was seen.
//  2. trends.go: the trend of each group.
//  3. explanation.go: what could explain that groups started together.
//  4. incident.go: an incident as the result has it.
//  5. certainty.go: how sure the change is that an incident names first.
//  6. describe.go: what an incident is about.
//  7. incidents.go: all incidents.
package finding

import (
	"maps"
	"math"
	"slices"
	"time"

	"trail403/aggregate/rows"
	"trail403/aggregate/sight"
	"trail403/aggregate/trend"
	"trail403/ingest/source"
)

const day = 24 * time.Hour

// Finder judges all groups together. It is given the groups in order and knows them by
// their indexes.
type Finder struct {
	frame  trend.Frame
	sight  *sight.Sight
	t      *rows.Table
	groups []trend.Group
	counts map[int32]int32
	places map[placeKey]bool
	hours  map[int64]bool
	masks  map[source.Place][]bool
}

// placeKey is a source.Place as numbers of the table.
type placeKey struct{ account, region uint32 }

// New returns a Finder for this many groups.
func New(t *rows.Table, frame trend.Frame, s *sight.Sight, groups int) *Finder {
	return &Finder{frame: frame, sight: s, t: t, groups: make([]trend.Group, 0, groups), counts: map[int32]int32{}, places: map[placeKey]bool{}, hours: map[int64]bool{}, masks: map[source.Place][]bool{}}
}

// Add takes the next group and returns the days on which something was not seen.
func (f *Finder) Add(all *rows.Groups, n int) (unseen []time.Time) {
	clear(f.counts)
	clear(f.places)
	clear(f.hours)
	var g trend.Group
	step, start := f.frame.Step.Microseconds(), f.frame.Start.UnixMicro()
	context, hour, index, count := int64(-1), int64(math.MinInt64), int32(-1), int32(0)
	for r := range all.Rows(n) {
		if c := int64(r.Context()); c != context {
			context = c
			of := f.t.Context(uint32(c))
			f.places[placeKey{of.Number(rows.Recipient), of.Number(rows.Region)}] = true
		}
		if h := floorDiv(r.Micros, time.Hour.Microseconds()); h != hour {
			hour = h
			f.hours[h] = true
		}
		switch i := floorDiv(r.Micros-start, step); {
		case i < 0:
			g.Head++
		case i >= int64(f.frame.N):
			g.Tail++
		case int32(i) == index:
			count++
		default:
			f.counts[index] += count // the next ones are often of the same interval
			index, count = int32(i), 1
		}
	}
	f.counts[index] += count
	delete(f.counts, -1)
	g.Hours = len(f.hours)
	for _, i := range slices.Sorted(maps.Keys(f.counts)) {
		g.Counts = append(g.Counts, trend.Count{Index: i, N: f.counts[i]})
	}
	where := make([]source.Place, 0, len(f.places))
	for p := range f.places {
		where = append(where, source.Place{Account: f.t.Text(p.account), Region: f.t.Text(p.region)})
	}
	if begin := f.sight.BeginOf(where); !begin.IsZero() {
		// The first day may have started hours before the trail did.
		if i := int(floorDiv(begin.UnixMicro()-start, step)); i > 0 {
			g.Begin = i + int(day/f.frame.Step)
		}
	}
	unseen = f.sight.GapsOf(where)
	g.Unseen = f.blind(where, unseen)
	f.groups = append(f.groups, g)
	return unseen
}

// blind returns the intervals of the frame in which something was not seen, or nil if
// there are none. Groups of one place share the list.
func (f *Finder) blind(where []source.Place, unseen []time.Time) []bool {
	if len(unseen) == 0 {
		return nil
	}
	if mask, ok := f.masks[where[0]]; ok && len(where) == 1 {
		return mask
	}
	mask := make([]bool, f.frame.N)
	for _, at := range unseen {
		first := int(floorDiv(at.Sub(f.frame.Start).Microseconds(), f.frame.Step.Microseconds()))
		for i := max(first, 0); i < min(first+int(day/f.frame.Step), f.frame.N); i++ {
			mask[i] = true
		}
	}
	if len(where) == 1 {
		f.masks[where[0]] = mask
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
