package report

import "trail403/aggregate"

// maxMembers is how many groups of an incident stand in its table.
const maxMembers = 10

// incidents prints the incidents: a line each, then what is known of each.
func (m *markdown) incidents() {
	if len(m.r.Incidents) == 0 {
		return
	}
	groups := map[string][]*aggregate.Group{}
	for i := range m.r.Groups {
		if g := &m.r.Groups[i]; g.IncidentID != "" {
			groups[g.IncidentID] = append(groups[g.IncidentID], g)
		}
	}
	m.printf("\n## Incidents\n\n")
	m.row("Denials", "Onset (UTC)", "What", "Reach", "Changed before")
	m.row("------:", "---", "---", "---", "---")
	top := m.top(len(m.r.Incidents))
	rest := 0
	for i := range m.r.Incidents {
		in := &m.r.Incidents[i]
		if i >= top {
			rest += in.Denials
			continue
		}
		m.row(alignRight(comma(in.Denials)), onsetWords(in, m.r.Window), incidentWords(in, mainCause(groups[in.ID])), reach(in), m.nearest(in))
	}
	m.notShown(top, len(m.r.Incidents), "incident", rest)
	if m.r.ChangesSeen == 0 {
		m.printf("\nThe files hold no call that alters access, so nothing can be said of what changed before: a trail of data events alone has no management events.\n")
	}
	for i := range m.r.Incidents[:top] {
		m.incident(i+1, &m.r.Incidents[i], groups[m.r.Incidents[i].ID])
	}
}

// nearest names the nearest change before an incident.
func (m *markdown) nearest(in *aggregate.Incident) string {
	if len(in.Changes) == 0 {
		return "–"
	}
	l := in.Changes[0]
	return codeUpTo(m.r.Changes[l.Change].Name, maxCell) + ", " + lag(l.Lag) + " before"
}

// incident prints what is known of one.
func (m *markdown) incident(n int, in *aggregate.Incident, groups []*aggregate.Group) {
	m.printf("\n### Incident %d: %s\n\n", n, incidentWords(in, mainCause(groups)))
	m.printf("Since %s UTC: %s in %s.", onsetWords(in, m.r.Window), plural(in.Denials, "denial"), reach(in))
	if !in.OnsetLow.Equal(in.OnsetHigh) {
		m.printf(" They were refused before, so when it began is not certain: between %s and %s.", moment(in.OnsetLow, m.r.Window), moment(in.OnsetHigh, m.r.Window))
	}
	m.printf("\n\n")
	for _, l := range in.Changes {
		m.printf("- **%s before:** %s\n", lag(l.Lag), changeWords(&m.r.Changes[l.Change]))
	}
	if len(in.Changes) == 0 && m.r.ChangesSeen > 0 {
		m.printf("- No change in the trail shortly before touches it.\n")
	}
	m.printf("\n")
	most := maxMembers
	if m.o.Top == 0 {
		most = len(groups)
	}
	m.groupTable(groups, most)
}

// layers says where one reason took the place of another.
func (m *markdown) layers() {
	first := true
	for i := range m.r.Groups {
		g := &m.r.Groups[i]
		for _, l := range g.Layers {
			if first {
				m.printf("\n## Next layers\n\nOne reason is gone and the next has shown; these are no new denials.\n\n")
			}
			first = false
			m.printf("- %s, %s: since %s %s; until %s %s\n", principalWords(g), actionOnBucket(g),
				moment(l.At, m.r.Window), causeWords(l.To), moment(l.Until, m.r.Window), causeWords(l.From))
		}
	}
}
