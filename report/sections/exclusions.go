package sections

import (
	"fmt"

	"trail403/aggregate"
	"trail403/report/page"
	"trail403/report/words"
)

// filtered says that the numbers do not cover all denials.
func (s *sections) filtered() {
	var parts []page.Text
	rules, denials := 0, 0
	for _, e := range s.r.Exclusions {
		switch {
		case e.Line == 0:
			parts = append(parts, "The filters "+page.Code(words.Rule(&e))+" exclude "+words.Plural(e.Denials, "denial")+".")
		case e.Denials > 0:
			rules++
			denials += e.Denials
		}
	}
	if rules > 0 {
		parts = append(parts, "Rules for known noise exclude "+words.Plural(denials, "denial")+
			" ("+words.Plural(rules, "rule")+").")
	}
	if len(parts) > 0 {
		s.Notice(page.Plain, "Filtered", page.Join(parts, " ")+" See "+page.Link(atCoverage, "Coverage")+".")
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
	s.Bullet(page.Bold("Excluded:") + " " + words.Plural(s.r.Coverage.Records.Excluded, "denial"))
	for _, e := range shown[:min(len(shown), maxNamed)] {
		switch {
		case e.Line == 0:
			s.Below(words.Comma(e.Denials) + " by the filters " + page.Code(words.Rule(&e)))
		case e.Expired:
			s.Below(place(e) + " has expired: " + page.Code(words.Rule(&e)) + why(e))
		default:
			s.Below(words.Comma(e.Denials) + " by " + place(e) + ": " + page.Code(words.Rule(&e)) + why(e))
		}
	}
	if n := len(shown) - maxNamed; n > 0 {
		s.Below("and by " + words.Plural(n, "more rule") + "; the JSON report lists all")
	}
	if idle > 0 {
		s.Below("none by " + words.Plural(idle, "other rule"))
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
