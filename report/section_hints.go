package report

import (
	"cmp"
	"slices"

	"trail403/aggregate"
	"trail403/report/advice"
	"trail403/report/page"
)

// elsewhere are the hints that other sections give: the alarms, the incidents, and
// the end of what to do.
var elsewhere = []string{"quarantined-key", "enumeration", "one-layer"}

// hints writes what an experienced person would remark on groups that no other
// section explains, each once, with what it applies to.
func (s *sections) hints() {
	type found struct {
		advice.Hint
		groups, denials int
		largest         *aggregate.Group
	}
	var list []*found
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		pattern := s.pattern(g)
		if pattern == aggregate.Enumeration || s.isExplained(g) {
			continue
		}
		for _, h := range advice.Hints(g, pattern) {
			if slices.Contains(elsewhere, h.ID) {
				continue
			}
			at := slices.IndexFunc(list, func(f *found) bool { return f.Hint == h })
			if at < 0 {
				at = len(list)
				list = append(list, &found{Hint: h, largest: g})
			}
			list[at].groups++
			list[at].denials += g.Denials
		}
	}
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(a, b *found) int { return cmp.Compare(b.denials, a.denials) })
	s.Heading(2, "Hints")
	s.Paragraph("On groups that no section above explains.")
	for _, f := range list {
		words := principalWords(f.largest) + ", " + actionOnBucket(f.largest)
		if f.groups > 1 {
			words += " and " + plural(f.groups-1, "more group")
		}
		s.Bullet(page.Bold(page.Text(f.ID)) + " (" + plural(f.denials, "denial") + ": " + words + "). " + page.Text(f.Text))
	}
}

// isExplained says whether a group's main cause is of a policy that the report says
// what to do about.
func (s *sections) isExplained(g *aggregate.Group) bool {
	return len(g.Causes) > 0 && slices.ContainsFunc(s.toFix(), func(p *aggregate.Policy) bool { return p.Refuses(g, &g.Causes[0]) })
}
