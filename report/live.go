package report

import (
	"time"

	"trail403/aggregate"
	"trail403/report/page"
)

// isLive says whether a last denial was of late.
func (s *sections) isLive(last time.Time) bool { return !last.Before(s.r.Late) }

// goesOn says whether something goes on that had so many denials since first, and
// so many of them of late: not where of late they came at less than a fifth of the
// rate before. Ten or more must have come before, else a rate says little.
func (s *sections) goesOn(denials, late int, first time.Time) bool {
	before, begin := denials-late, s.r.Late
	if late == 0 || before < 10 || !first.Before(begin) {
		return late > 0
	}
	rate := func(n int, d time.Duration) float64 { return float64(n) / max(d.Hours(), 1) }
	return 5*rate(late, s.latestDenial().Sub(begin)) >= rate(before, begin.Sub(first))
}

// lateOf returns how many denials of an incident came of late.
func (s *sections) lateOf(in *aggregate.Incident, groups []*aggregate.Group) (n int) {
	for _, g := range groups {
		for _, p := range g.Series {
			if !p.Start.Before(s.r.Late) {
				n += p.Denials
			}
		}
	}
	return min(n, in.Denials)
}

// incidentGoesOn says whether an incident goes on, see goesOn.
func (s *sections) incidentGoesOn(in *aggregate.Incident, groups []*aggregate.Group) bool {
	return s.isLive(in.LastSeen) && s.goesOn(in.Denials, s.lateOf(in, groups), in.Onset)
}

// lateColumn is how many denials came of late.
func (s *sections) lateColumn() page.Column {
	return page.Column{Title: "Since " + s.lateWords(), Right: true}
}

// lateWords says when of late begins.
func (s *sections) lateWords() page.Text {
	if w := s.r.Window; w.Interval < aggregate.Day {
		return moment(s.r.Late, w)
	}
	return page.Text(s.r.Late.UTC().Format(dayFormat(s.r.Window)))
}

// latestDenial returns when the last of all denials came.
func (s *sections) latestDenial() time.Time {
	if s.latest.IsZero() {
		for i := range s.r.Groups {
			if at := s.r.Groups[i].LastSeen; at.After(s.latest) {
				s.latest = at
			}
		}
	}
	return s.latest
}

// explained returns the groups of the incidents that go on and that a change came
// before.
func (s *sections) explained() (groups []*aggregate.Group) {
	members := s.members()
	for i := range s.r.Incidents {
		in := &s.r.Incidents[i]
		if len(in.Changes) > 0 && s.incidentGoesOn(in, members[in.ID]) {
			groups = append(groups, members[in.ID]...)
		}
	}
	return groups
}
