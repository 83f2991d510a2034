package report

import (
	"fmt"

	"trail403/aggregate"
	"trail403/report/page"
)

// leftOut says, above all numbers, that they are not of all denials.
func (s *sections) leftOut() {
	var parts []page.Text
	rules, denials := 0, 0
	for _, e := range s.r.Exclusions {
		switch {
		case e.Line == 0:
			parts = append(parts, "only "+page.Code(e.Rule)+", which leaves out "+plural(e.Denials, "denial"))
		case e.Denials > 0:
			rules++
			denials += e.Denials
		}
	}
	if rules > 0 {
		parts = append(parts, "without "+plural(denials, "denial")+" of known noise ("+plural(rules, "rule")+")")
	}
	if len(parts) > 0 {
		s.Notice(page.Plain, "Filtered", page.Join(parts, "; ")+". See Coverage.")
	}
}

// exclusions lists what was left out and by what: the filters, the rules that
// took something, and the expired ones.
func (s *sections) exclusions() {
	var shown []aggregate.Exclusion
	idle := 0
	for _, e := range s.r.Exclusions {
		if e.Denials > 0 || e.Line == 0 || e.Expired {
			shown = append(shown, e)
		} else {
			idle++
		}
	}
	if len(s.r.Exclusions) == 0 {
		return
	}
	s.Bullet(page.Bold("Excluded:") + " " + plural(s.r.Coverage.Records.Excluded, "denial"))
	for _, e := range shown[:min(len(shown), maxNamed)] {
		switch {
		case e.Line == 0:
			s.Below(comma(e.Denials) + " by the filters " + page.Code(e.Rule))
		case e.Expired:
			s.Below(place(e) + " has expired: " + page.Code(e.Rule) + why(e))
		default:
			s.Below(comma(e.Denials) + " by " + place(e) + ": " + page.Code(e.Rule) + why(e))
		}
	}
	if n := len(shown) - maxNamed; n > 0 {
		s.Below("and by " + plural(n, "more rule") + "; the JSON report has all")
	}
	if idle > 0 {
		s.Below("none by " + plural(idle, "other rule"))
	}
}

func place(e aggregate.Exclusion) page.Text {
	return page.Code(fmt.Sprintf("%s:%d", e.File, e.Line))
}

func why(e aggregate.Exclusion) page.Text {
	if e.Why == "" {
		return ""
	}
	return ", " + page.Sentence(e.Why)
}
