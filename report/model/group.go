package model

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/advice"
)

// Leading returns the kinds of trend that come first for people, in this order:
// what started, what spiked, what is rising, what stopped.
func Leading() []trend.Kind { return []trend.Kind{trend.New, trend.Spike, trend.Rising, trend.Stopped} }

// HasOwnTrend says whether a group shows a trend by itself. Many groups of an
// incident are too small for that.
func HasOwnTrend(g *aggregate.Group) bool {
	return g.Trend.Kind != trend.Steady && g.Trend.Kind != trend.Sporadic
}

// outside returns the groups that no incident holds: those that changed, by kind of
// trend, and the others.
func outside(r *aggregate.Result) (changed, others []*aggregate.Group) {
	byKind := map[trend.Kind][]*aggregate.Group{}
	leading := Leading()
	for i := range r.Groups {
		switch g := &r.Groups[i]; {
		case g.IncidentID != "":
		case slices.Contains(leading, g.Trend.Kind):
			byKind[g.Trend.Kind] = append(byKind[g.Trend.Kind], g)
		default:
			others = append(others, g)
		}
	}
	for _, kind := range leading {
		changed = append(changed, byKind[kind]...)
	}
	return changed, others
}

// A Remark is a hint and the groups that it holds for.
type Remark struct {
	advice.Hint
	Groups, Denials int
	Largest         *aggregate.Group
	First, Last     time.Time // of the denials
}

// elsewhere are the hints that other sections give: the alarms, the incidents, and
// the end of the advice.
var elsewhere = []string{"quarantined-key", "enumeration", "one-layer"}

// remarks returns the hints on groups that no fix explains, each once, by denials.
func (b *builder) remarks(fixes []*Fix) (list []Remark) {
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		pattern := b.patterns[g.IncidentID]
		if pattern == aggregate.Enumeration || len(g.Causes) > 0 &&
			slices.ContainsFunc(fixes, func(f *Fix) bool { return f.Policy.Refuses(&g.Causes[0]) }) {
			continue
		}
		for _, h := range advice.Hints(g, pattern) {
			if slices.Contains(elsewhere, h.ID) {
				continue
			}
			at := slices.IndexFunc(list, func(f Remark) bool { return f.Hint == h })
			if at < 0 {
				at = len(list)
				list = append(list, Remark{Hint: h, Largest: g, First: g.FirstSeen, Last: g.LastSeen})
			}
			r := &list[at]
			r.Groups++
			r.Denials += g.Denials
			if g.FirstSeen.Before(r.First) {
				r.First = g.FirstSeen
			}
			if g.LastSeen.After(r.Last) {
				r.Last = g.LastSeen
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Remark) int { return cmp.Compare(b.Denials, a.Denials) })
	return list
}
