package report

import (
	"fmt"
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/aggregate/trend"
)

// changed prints the groups that began, jumped, grow or stopped, the ones that
// the reader may have to call somebody about. It returns the others.
func (m *markdown) changed() (others []*aggregate.Group) {
	byKind := map[trend.Kind][]*aggregate.Group{}
	for i := range m.r.Groups {
		g := &m.r.Groups[i]
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
		if len(m.r.Incidents) > 0 {
			m.printf("\n## What else changed\n\n")
		} else {
			m.printf("\n## What changed\n\n")
		}
		m.groupTable(list, m.top(len(list)))
	}
	return others
}

// changeCounts says how many groups began, jumped, grow or stopped.
func (m *markdown) changeCounts() string {
	counts := map[trend.Kind]int{}
	for i := range m.r.Groups {
		counts[m.r.Groups[i].Trend.Kind]++
	}
	var parts []string
	for _, kind := range leading {
		if n := counts[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", comma(n), adjectives[kind]))
		}
	}
	return strings.Join(parts, ", ")
}
