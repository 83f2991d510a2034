package sections

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
}
