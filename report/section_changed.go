package report

import (
	"slices"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/page"
)

// changed writes the groups that began, jumped, grow or stopped, the ones that
// the reader may have to call somebody about. It returns the others.
func (s *sections) changed() (others []*aggregate.Group) {
	byKind := map[trend.Kind][]*aggregate.Group{}
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		switch {
		case g.IncidentID != "": // it stands there
		case slices.Contains(leading, g.Trend.Kind):
			byKind[g.Trend.Kind] = append(byKind[g.Trend.Kind], g)
		default:
			others = append(others, g)
		}
	}
	var list []*aggregate.Group
	for _, kind := range leading {
		list = append(list, byKind[kind]...)
	}
	if len(list) > 0 {
		if len(s.r.Incidents) > 0 {
			s.Heading(2, "What else changed")
		} else {
			s.Heading(2, "What changed")
		}
		s.groupTable(list, s.top(len(list)))
	}
	return others
}

// changeCounts says how many groups began, jumped, grow or stopped.
func (s *sections) changeCounts() page.Text {
	counts := map[trend.Kind]int{}
	for i := range s.r.Groups {
		counts[s.r.Groups[i].Trend.Kind]++
	}
	var parts []page.Text
	for _, kind := range leading {
		if n := counts[kind]; n > 0 {
			parts = append(parts, comma(n)+" "+adjectives[kind])
		}
	}
	return page.Join(parts, ", ")
}
