package sections

import (
	"trail403/aggregate"
	"trail403/report/page"
	"trail403/report/words"
)

// maxFixed is how many groups are named whose requests succeed again.
const maxFixed = 3

// recoveries counts what became of all groups since their last denials.
func (s *sections) recoveries() {
	if t := words.Recoveries(groupsOf(s.r)); t != "" {
		s.Paragraph("After the last denial of each group, the records that were read show this: " + t + ".")
	}
}

// recovered names the first of the groups that are fixed, and counts the others.
func (s *sections) recovered(groups []*aggregate.Group) {
	named := 0
	for _, g := range groups {
		if r := g.Recovery; r == nil || r.State != aggregate.Fixed || named == maxFixed {
			continue
		}
		named++
		s.Bullet(page.Bold("Fixed:") + " " + words.Principal(g) + ", " + actionOnBucket(g) + ", " +
			words.Recovery(g, s.r.Window))
	}
	switch t := words.Recoveries(groups); {
	case t == "" || named == len(groups):
	case len(groups) == 1:
		s.Bullet(page.Bold("Since the last denial:") + " " + words.Recovery(groups[0], s.r.Window))
	default:
		s.Bullet(page.Bold("Since the last denial of each group:") + " " + t)
	}
}
