package report

import (
	"fmt"
	"slices"

	"trail403/aggregate"
)

// groups prints the groups that belong to no incident: first what changed, then
// the others.
func (m *markdown) groups() {
	others := m.changed()
	if len(others) == 0 {
		return
	}
	if len(others) < len(m.r.Groups) {
		m.printf("\n## Other groups\n\n")
	} else {
		m.printf("\n## Groups\n\n")
	}
	m.groupTable(others, m.top(len(others)))
}

// groupTable prints groups as a table. What is of one width comes first, so that
// it stands in line also where the table is not rendered, and what matters least
// comes last, where a narrow page cuts.
func (m *markdown) groupTable(groups []*aggregate.Group, most int) {
	s := newScale(m.r.Window)
	m.row("Denials", "Per "+s.perCharacter(), "Trend", "Principal", "Action and bucket", "Cause", "Seen (UTC)")
	m.row("------:", "---", "---", "---", "---", "---", "---")
	top := min(len(groups), most)
	for _, g := range groups[:top] {
		m.row(alignRight(comma(g.Denials)), code(s.sparkline(g.Series, g.Unseen)), trendWords(g, m.r.Window), principalWords(g), actionOnBucket(g),
			groupCause(g), seen(g, m.r.Window))
	}
	rest := 0
	for _, g := range groups[top:] {
		rest += g.Denials
	}
	m.notShown(top, len(groups), "group", rest)
}

// legend explains the bars of the tables of groups.
func (m *markdown) legend() {
	if len(m.r.Groups) == 0 {
		return
	}
	m.printf("\nBars are relative to the highest of their row; a dot is no denial")
	if slices.ContainsFunc(m.r.Groups, func(g aggregate.Group) bool { return len(g.Unseen) > 0 }) {
		m.printf(", a question mark is time that was not seen")
	}
	m.printf(".\n")
}

// groupCause names a group's main cause and how many others there are.
func groupCause(g *aggregate.Group) string {
	if len(g.Causes) == 0 {
		return "–"
	}
	s := causeWords(g.Causes[0])
	if n := len(g.Causes) - 1; n > 0 {
		s += fmt.Sprintf(" (+%d more)", n)
	}
	return s
}

// actionOnBucket names what was refused.
func actionOnBucket(g *aggregate.Group) string {
	s := codeUpTo(g.Action, maxCell)
	if g.Bucket != "" {
		s += " on " + codeUpTo(g.Bucket, maxCell)
	}
	return s
}
