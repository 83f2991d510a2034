package aggregate

import (
	"slices"

	"trail403/aggregate/group"
	"trail403/aggregate/policy"
)

// sortGroups sorts the order first and then moves each group once, because groups are
// large.
func sortGroups(list []Group) {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return group.Compare(&list[a], &list[b]) })
	const moved = -1
	for first := range order {
		if order[first] == moved {
			continue
		}
		out := list[first]
		for to := first; ; {
			from := order[to]
			order[to] = moved
			if from == first {
				list[to] = out
				break
			}
			list[to] = list[from]
			to = from
		}
	}
}

// inherit gives a group that holds only a part of its denials what was found about it
// among all.
func inherit(g, from *Group) {
	g.Trend, g.IncidentID, g.Unseen, g.BucketKeys = from.Trend, from.IncidentID, from.Unseen, from.BucketKeys
}

// show restricts the result to its groups, which now hold only the denials that filters
// and rules leave. found are the groups of all denials. What was found about them
// stays, and an incident is shown if one of its groups is.
func (r *Result) show(found []Group) {
	byID := make(map[string]*Group, len(found))
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	matching := map[string]int{}
	shown := make(map[string]bool, len(r.Groups))
	for i := range r.Groups {
		g := &r.Groups[i]
		inherit(g, byID[g.ID])
		g.Denied = byID[g.ID].Denied
		shown[g.ID] = true
		if g.IncidentID != "" {
			matching[g.IncidentID]++
		}
	}
	r.Incidents = slices.DeleteFunc(r.Incidents, func(in Incident) bool { return matching[in.ID] == 0 })
	for i := range r.Incidents {
		r.Incidents[i].Matching = matching[r.Incidents[i].ID]
	}
	documents := policy.DocumentsOf(r.Documents)
	for i := range found {
		if g := &found[i]; matching[g.IncidentID] > 0 && !shown[g.ID] {
			documents.Rejoin(g.Causes)
			r.Related = append(r.Related, *g)
		}
	}
	sortGroups(r.Related)
}
