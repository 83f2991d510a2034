package aggregate

import "slices"

// describe gives the groups their final form, in the order of the grouping, and
// gathers their policies.
func (g *group) describe(all *grouping) []Group {
	list := make([]Group, 0, len(all.keys))
	for n, key := range all.keys {
		g.reset()
		for row := range all.rows(n) {
			g.add(row)
		}
		list = append(list, g.result(key))
	}
	return list
}

// show makes the result one about the chosen groups: those that hold denials that
// filters and rules leave. found are the groups of all denials. What was found
// about them stays, and an incident is shown as long as one of its groups is.
func (r *Result) show(chosen, found []Group) {
	byID := make(map[string]*Group, len(found))
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	matching := map[string]int{}
	shown := make(map[string]bool, len(chosen))
	for i := range chosen {
		g := &chosen[i]
		from := byID[g.ID]
		g.Trend, g.IncidentID, g.Unseen, g.keys = from.Trend, from.IncidentID, from.Unseen, from.keys
		shown[g.ID] = true
		if g.IncidentID != "" {
			matching[g.IncidentID]++
		}
	}
	r.Groups = chosen
	r.Incidents = slices.DeleteFunc(r.Incidents, func(in Incident) bool { return matching[in.ID] == 0 })
	for i := range r.Incidents {
		r.Incidents[i].Matching = matching[r.Incidents[i].ID]
	}
	for i := range found {
		if g := &found[i]; matching[g.IncidentID] > 0 && !shown[g.ID] {
			r.Related = append(r.Related, *g)
		}
	}
	slices.SortFunc(r.Related, compareGroups)
}
