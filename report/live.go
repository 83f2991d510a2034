package report

import (
	"time"

	"trail403/aggregate"
	"trail403/report/page"
)

// isLive says whether a last denial was of late, by the latest of all: within
// three days or a tenth of the window, as recent is meant of trends; of a window of
// hours, a tenth.
func (s *sections) isLive(last time.Time) bool { return !last.Before(s.late()) }

// late is when of late begins.
func (s *sections) late() time.Time {
	span := s.r.Window.To.Sub(s.r.Window.From)
	late := span / 10
	if isDaily(s.r.Window) {
		late = max(late, 3*24*time.Hour)
	}
	return s.latestDenial().Add(-late)
}

// ofLate says how many denials of an incident came of late, in whole intervals, if
// it goes on and is older than that: whether it fades.
func (s *sections) ofLate(in *aggregate.Incident, groups []*aggregate.Group) page.Text {
	w := s.r.Window
	from := w.Interval.Next(s.late())
	if !s.isLive(in.LastSeen) || !in.Onset.Before(from) || !from.Before(s.latestDenial()) {
		return ""
	}
	n := 0
	for _, g := range groups {
		for _, p := range g.Series {
			if !p.Start.Before(from) {
				n += p.Denials
			}
		}
	}
	at := moment(from, w)
	if w.Interval >= aggregate.Day {
		at = page.Text(from.UTC().Format(dayFormat(w)))
	}
	if n == 0 {
		return ", none since " + at
	}
	return ", " + comma(n) + " since " + at
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
