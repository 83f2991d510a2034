package picture

import (
	"cmp"
	"maps"
	"slices"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/plot"
	"trail403/report/words"
)

// CauseOf returns the most frequent cause of a group.
func CauseOf(g *aggregate.Group) event.Cause {
	if len(g.Causes) == 0 {
		return event.Unrecognized
	}
	return g.Causes[0].Cause
}

// Ranked returns the causes of the groups, each group counting under its most frequent
// one, by denials descending.
func Ranked(groups []*aggregate.Group) []event.Cause {
	counts := map[event.Cause]int{}
	for _, g := range groups {
		counts[CauseOf(g)] += g.Denials
	}
	return slices.SortedFunc(maps.Keys(counts), func(a, b event.Cause) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}

// stackOf adds up the series of groups by cause. ranked gives the causes their colors:
// the last color is that of all causes that are too many for a color of their own. The
// most frequent cause is at the bottom.
func stackOf(groups []*aggregate.Group, b Bins, ranked []event.Cause) (stack []plot.Series) {
	turn := map[event.Cause]int{}
	for i, c := range ranked {
		turn[c] = min(i, plot.Colors-1)
	}
	all := make([]plot.Series, min(len(ranked), plot.Colors))
	for i := range all {
		all[i] = plot.Series{Class: plot.Color(i), Counts: make([]int, b.N)}
		all[i].Name = words.CauseOfRequest(aggregate.Cause{Cause: ranked[i]}).Plain()
	}
	if len(ranked) > plot.Colors {
		all[plot.Colors-1].Name = "Other causes"
	}
	seen := make([]bool, len(all))
	for _, g := range groups {
		at := turn[CauseOf(g)]
		for _, p := range g.Series {
			if i, ok := b.At(p.Start); ok {
				all[at].Counts[i] += p.Denials
				seen[at] = true
			}
		}
	}
	for i := range all {
		if seen[i] {
			stack = append(stack, all[i])
		}
	}
	return stack
}

// pointers returns all groups of a result.
func pointers(r *aggregate.Result) []*aggregate.Group {
	list := make([]*aggregate.Group, len(r.Groups))
	for i := range r.Groups {
		list[i] = &r.Groups[i]
	}
	return list
}
