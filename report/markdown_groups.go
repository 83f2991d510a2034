package report

import (
	"fmt"

	"trail403/aggregate"
)

// groups prints the groups as a table. What is of one width comes first, so that
// it stands in line also where the table is not rendered, and what matters least
// comes last, where a narrow page cuts.
func (m *markdown) groups() {
	if len(m.r.Groups) == 0 {
		return
	}
	s := newScale(m.r.Window)
	m.printf("\n## Groups\n\n")
	m.row("Denials", "Per "+s.perCharacter(), "Principal", "Action and bucket", "Cause", "Seen (UTC)")
	m.row("------:", "---", "---", "---", "---", "---")
	top := m.top(len(m.r.Groups))
	rest := m.r.Totals.Denials
	for i := range m.r.Groups[:top] {
		g := &m.r.Groups[i]
		rest -= g.Denials
		m.row(alignRight(comma(g.Denials)), code(s.sparkline(g.Series)), principalWords(g), actionOnBucket(g),
			groupCause(g), seen(g, m.r.Window))
	}
	m.notShown(top, len(m.r.Groups), "group", rest)
	m.printf("\nBars are relative to the highest of their row; a dot is no denial.\n")
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
