package sections

import (
	"trail403/aggregate"
	"trail403/report/page"
	"trail403/report/words"
)

// changed writes the groups outside incidents that started, spiked, are rising or
// stopped: the ones that the reader may have to call somebody about.
func (s *sections) changed() {
	list := s.m.Changed
	switch {
	case len(list) == 0:
		return
	case len(s.r.Incidents) > 0:
		s.Heading(2, "What else changed")
	default:
		s.Heading(2, "What changed")
	}
	s.groupTable(list, s.top(len(list)), s.groupColumns())
	s.changesOf(list[:s.top(len(list))])
	s.recovered(list)
}

// mostBefore is how many changes are shown for a group outside incidents.
const mostBefore = 3

// changesOf lists the changes before the groups started or spiked.
func (s *sections) changesOf(groups []*aggregate.Group) {
	for _, g := range groups {
		for _, l := range g.Trend.Changes[:min(len(g.Trend.Changes), mostBefore)] {
			s.Bullet(page.Bold(words.Capital(words.Lag(l.Lag))+" before "+words.Principal(g)+", "+actionOnBucket(g)+":") + " " + s.change(l))
		}
	}
}

// others writes the groups that belong to no incident and did not change.
func (s *sections) others() {
	list := s.m.Others
	switch {
	case len(list) == 0:
		return
	case len(list) < len(s.r.Groups):
		s.Heading(2, "Other groups")
	default:
		s.Heading(2, "Groups")
	}
	s.groupTable(list, s.top(len(list)), s.groupColumns())
	s.recovered(list)
}
