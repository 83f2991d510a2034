package compare

import (
	"cmp"
	"math"
	"slices"

	"trail403/aggregate/trend"
)

var groupStates = []GroupState{New, Louder, Quieter, Gone, NotRead}

// groupsOf returns the groups that changed, and whether rates could be compared.
func groupsOf(earlier, later *Report) (list []GroupChange, rated bool) {
	before, after := earlier.groups(), later.groups()
	unread, unreadBefore := missing(&earlier.Coverage, &later.Coverage), missing(&later.Coverage, &earlier.Coverage)
	var pairs [][2]*Group
	for i := range later.Groups {
		g := &later.Groups[i]
		switch old := before[g.ID]; {
		case old != nil:
			pairs = append(pairs, [2]*Group{old, g})
		case unreadBefore.hides(g):
			list = append(list, changeOf(g, NotRead, 0, g.Denials))
		default:
			list = append(list, changeOf(g, New, 0, g.Denials))
		}
	}
	for i := range earlier.Groups {
		g := &earlier.Groups[i]
		switch {
		case after[g.ID] != nil:
		case unread.hides(g):
			list = append(list, changeOf(g, NotRead, g.Denials, 0))
		default:
			list = append(list, changeOf(g, Gone, g.Denials, 0))
		}
	}
	differences, rated := rates(earlier, later, pairs)
	for i, d := range differences {
		state := map[trend.Direction]GroupState{trend.Louder: Louder, trend.Quieter: Quieter}[d.Direction]
		if state == "" {
			continue
		}
		c := changeOf(pairs[i][1], state, pairs[i][0].Denials, pairs[i][1].Denials)
		c.PerDayBefore, c.PerDayAfter, c.P, c.Q = d.BeforePerDay, d.AfterPerDay, d.P, d.Q
		c.Ratio, c.RatioLow, c.RatioHigh = d.Ratio, d.RatioLow, d.RatioHigh
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b GroupChange) int {
		return cmp.Or(
			cmp.Compare(slices.Index(groupStates, a.State), slices.Index(groupStates, b.State)),
			cmp.Compare(max(b.Before, b.After), max(a.Before, a.After)), cmp.Compare(a.ID, b.ID))
	})
	return list, rated
}

// changeOf returns a change of a group whose rates are not compared.
func changeOf(g *Group, state GroupState, before, after int) GroupChange {
	nan := math.NaN()
	return GroupChange{Group: g, State: state, Before: before, After: after, PerDayBefore: nan, PerDayAfter: nan,
		Ratio: nan, RatioLow: nan, RatioHigh: nan, P: nan, Q: nan}
}

// Of returns the groups of a state.
func (c *Comparison) Of(state GroupState) (list []GroupChange) {
	for _, g := range c.Groups {
		if g.State == state {
			list = append(list, g)
		}
	}
	return list
}
