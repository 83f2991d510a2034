package report

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/page"
)

// incidents writes the incidents, a line each.
func (s *sections) incidents() {
	if len(s.r.Incidents) == 0 {
		return
	}
	groups := s.members()
	s.Heading(2, "Incidents")
	s.Paragraph("Those with a known change first, each by denials.")
	top := s.top(len(s.r.Incidents))
	s.Table(page.Table{
		Columns: []page.Column{
			{Title: "No.", Right: true},
			denialsColumn,
			s.lateColumn(),
			{Title: "From – to (UTC)", Fixed: true},
			{Title: "What", Min: 34},
			{Title: "Reach", Min: 36, Rank: 2},
			{Title: "Changed", Min: 36, Rank: 1},
		},
		Rows: func(yield func([]page.Text) bool) {
			for i := range s.r.Incidents[:top] {
				in := &s.r.Incidents[i]
				if !yield([]page.Text{comma(i + 1), comma(in.Denials), comma(s.lateOf(in, groups[in.ID])), onsetWords(in, s.r.Window) + space + "– " + s.until(in.LastSeen), incidentWords(in, mainCause(groups[in.ID])), reach(in), s.nearest(in)}) {
					return
				}
			}
		},
	})
	rest := 0
	for i := range s.r.Incidents[top:] {
		rest += s.r.Incidents[top+i].Denials
	}
	s.notShown(top, len(s.r.Incidents), "incident", rest)
	if s.r.ChangesSeen == 0 {
		s.Paragraph("The files hold no call that alters access, so nothing can be said of what changed before: a trail of data events alone has no management events.")
	}
}

// members returns the groups of each incident.
func (s *sections) members() map[string][]*aggregate.Group {
	groups := map[string][]*aggregate.Group{}
	for _, list := range [][]aggregate.Group{s.r.Groups, s.r.Related} {
		for i := range list {
			if g := &list[i]; g.IncidentID != "" {
				groups[g.IncidentID] = append(groups[g.IncidentID], g)
			}
		}
	}
	return groups
}

// nearest names the nearest change before an incident, and the first after it.
func (s *sections) nearest(in *aggregate.Incident) page.Text {
	var parts []page.Text
	if len(in.Changes) > 0 {
		l := in.Changes[0]
		parts = append(parts, page.Name(s.r.Changes[l.Change].Name)+", "+before(in, l))
	}
	if len(in.After) > 0 {
		l := in.After[0]
		parts = append(parts, page.Name(s.r.Changes[l.Change].Name)+", "+sinceLast(l.Lag))
	}
	if len(parts) == 0 {
		return page.None
	}
	return page.Join(parts, "; ")
}

// before says how long before the onset a change came, or about how long.
func before(in *aggregate.Incident, l aggregate.Link) page.Text {
	if in.OnsetLow.Equal(in.OnsetHigh) {
		return lag(l.Lag) + " before"
	}
	return "about " + lag(l.Lag) + " before"
}

// sinceLast says how long after the last denial a change came, or before it.
func sinceLast(d time.Duration) page.Text {
	if d < 0 {
		return lag(-d) + " before the last denial"
	}
	return lag(d) + " after the last denial"
}

// until is when the last denial came, and whether it was of late.
func (s *sections) until(last time.Time) page.Text {
	if s.isLive(last) {
		return moment(last, s.r.Window)
	}
	return moment(last, s.r.Window) + ", quiet since"
}

// mayBeNew says where the next layer did not hide: AWS looks for a Deny in all
// policies before it asks for an Allow.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
func mayBeNew(l aggregate.Layer) page.Text {
	if l.From.Cause.Effect() == event.Implicit && l.To.Cause.Effect() == event.Explicit {
		return "; a Deny shows before a missing Allow, so it may be new"
	}
	return ""
}

// layers says where one reason took the place of another.
func (s *sections) layers() {
	first := true
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		for _, l := range g.Layers {
			if first {
				s.Heading(2, "Next layers")
				s.Paragraph("One reason is gone and another has come in its place, mostly one that stood behind it all the time.")
			}
			first = false
			s.Bullet(principalWords(g) + ", " + actionOnBucket(g) + ": since " + moment(l.At, s.r.Window) + " " + causeWords(l.To) +
				"; until " + moment(l.Until, s.r.Window) + " " + causeWords(l.From) + mayBeNew(l))
		}
	}
}
