package report

import (
	"time"

	"trail403/aggregate"
)

// isLive says whether a last denial was of late, by the latest of all: within
// three days or a tenth of the window, as recent is meant of trends; of a window of
// hours, a tenth.
func (s *sections) isLive(last time.Time) bool {
	span := s.r.Window.To.Sub(s.r.Window.From)
	late := span / 10
	if isDaily(s.r.Window) {
		late = max(late, 3*24*time.Hour)
	}
	return !last.Before(s.latestDenial().Add(-late))
}

// isDaily says whether trends are judged by whole days, which are of a weekday.
func isDaily(w aggregate.Window) bool { return w.To.Sub(w.From) >= 7*24*time.Hour }

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

// explained returns the groups of the incidents that a change came before.
func (s *sections) explained() (groups []*aggregate.Group) {
	known := map[string]bool{}
	for i := range s.r.Incidents {
		if in := &s.r.Incidents[i]; len(in.Changes) > 0 && s.isLive(in.LastSeen) {
			known[in.ID] = true
		}
	}
	for i := range s.r.Groups {
		if known[s.r.Groups[i].IncidentID] {
			groups = append(groups, &s.r.Groups[i])
		}
	}
	return groups
}
