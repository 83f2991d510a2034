package report

import (
	"strings"

	"trail403/aggregate"
	"trail403/ingest/identity"
)

// dimensionTitles head the columns of a breakdown.
var dimensionTitles = map[aggregate.Dimension]string{
	aggregate.ByPrincipal: "Principal",
	aggregate.ByAction:    "Action",
	aggregate.ByBucket:    "Bucket",
	aggregate.ByCause:     "Cause",
	aggregate.ByPolicy:    "Policy",
	aggregate.ByAccount:   "Account",
	aggregate.ByRegion:    "Region",
}

// breakdown prints the denials by dimensions of choice, in place of the groups.
func (m *markdown) breakdown(b *aggregate.Breakdown) {
	if len(b.Parts) == 0 {
		return
	}
	s := newScale(m.r.Window)
	heads, rule, names := []string{"Denials", "Share", "Per " + s.perCharacter()}, []string{"------:", "---:", "---"}, []string{}
	for _, d := range b.By {
		heads, rule = append(heads, dimensionTitles[d]), append(rule, "---")
		names = append(names, string(d))
	}
	m.printf("\n## Denials by %s\n\n", listed(names))
	m.row(append(heads, "Seen (UTC)")...)
	m.row(append(rule, "---")...)
	top := m.top(len(b.Parts))
	rest := m.r.Totals.Denials
	for _, p := range b.Parts[:top] {
		rest -= p.Denials
		cells := []string{alignRight(comma(p.Denials)), percent(p.Denials, m.r.Totals.Denials), code(s.sparkline(p.Series, nil))}
		for i, d := range b.By {
			cells = append(cells, dimensionWords(d, p.Values[i]))
		}
		m.row(append(cells, seen(&aggregate.Group{FirstSeen: p.FirstSeen, LastSeen: p.LastSeen}, m.r.Window))...)
	}
	m.notShown(top, len(b.Parts), "row", rest)
	m.printf("\nBars are relative to the highest of their row; a dot is no denial")
	if len(m.r.Gaps) > 0 {
		m.printf(", or time that was not seen")
	}
	m.printf(".\n")
}

// dimensionWords names a value as the other tables do.
func dimensionWords(d aggregate.Dimension, value string) string {
	switch {
	case value == "":
		return "–"
	case d == aggregate.ByPrincipal:
		return principalWords(&aggregate.Group{
			Principal: value, PrincipalType: identity.TypeOf(value), PrincipalAccount: identity.AccountOf(value),
		})
	case d == aggregate.ByCause:
		return causeAndID(aggregate.Cause{Cause: value})
	case d == aggregate.ByPolicy:
		return policyWords(value)
	case d == aggregate.ByAccount:
		return value // twelve digits
	}
	return codeUpTo(value, maxCell)
}

// listed joins names as a sentence does: a, b and c.
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
