package report

import (
	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/page"
)

// changed writes the groups that began, jumped, grow or stopped, the ones that
// the reader may have to call somebody about, unless an incident tells of them.
func (s *sections) changed() {
	byKind := map[trend.Kind][]*aggregate.Group{}
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		if g.IncidentID == "" {
			byKind[g.Trend.Kind] = append(byKind[g.Trend.Kind], g)
		}
	}
	var list []*aggregate.Group
	for _, kind := range leading {
		list = append(list, byKind[kind]...)
	}
	if len(list) == 0 {
		return
	}
	if len(s.r.Incidents) > 0 {
		s.Heading(2, "What else changed")
	} else {
		s.Heading(2, "What changed")
	}
	s.groupTable(list, s.top(len(list)), s.groupColumns())
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
