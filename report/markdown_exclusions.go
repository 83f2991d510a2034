package report

import (
	"fmt"
	"strings"

	"trail403/aggregate"
)

// leftOut says, above all numbers, that they are not of all denials.
func (m *markdown) leftOut() {
	var parts []string
	rules, denials := 0, 0
	for _, e := range m.r.Exclusions {
		switch {
		case e.Line == 0:
			parts = append(parts, fmt.Sprintf("only %s, which leaves out %s", code(e.Rule), plural(e.Denials, "denial")))
		case e.Denials > 0:
			rules++
			denials += e.Denials
		}
	}
	if rules > 0 {
		parts = append(parts, fmt.Sprintf("without %s of known noise (%s)", plural(denials, "denial"), plural(rules, "rule")))
	}
	if len(parts) > 0 {
		m.printf("\n> **Filtered:** %s. See Coverage.\n", strings.Join(parts, "; "))
	}
}

// exclusions lists what was left out and by what: the filters, the rules that
// took something, and the expired ones.
func (m *markdown) exclusions() {
	var shown []aggregate.Exclusion
	idle := 0
	for _, e := range m.r.Exclusions {
		if e.Denials > 0 || e.Line == 0 || e.Expired {
			shown = append(shown, e)
		} else {
			idle++
		}
	}
	if len(m.r.Exclusions) == 0 {
		return
	}
	m.printf("- **Excluded:** %s\n", plural(m.r.Coverage.Records.Excluded, "denial"))
	for _, e := range shown[:min(len(shown), maxNamed)] {
		switch {
		case e.Line == 0:
			m.printf("  - %s by the filters %s\n", comma(e.Denials), code(e.Rule))
		case e.Expired:
			m.printf("  - %s has expired: %s%s\n", place(e), code(e.Rule), why(e))
		default:
			m.printf("  - %s by %s: %s%s\n", comma(e.Denials), place(e), code(e.Rule), why(e))
		}
	}
	if n := len(shown) - maxNamed; n > 0 {
		m.printf("  - and by %s; the JSON report has all\n", plural(n, "more rule"))
	}
	if idle > 0 {
		m.printf("  - none by %s\n", plural(idle, "other rule"))
	}
}

func place(e aggregate.Exclusion) string { return code(fmt.Sprintf("%s:%d", e.File, e.Line)) }

func why(e aggregate.Exclusion) string {
	if e.Why == "" {
		return ""
	}
	return ", " + sentence(e.Why)
}
