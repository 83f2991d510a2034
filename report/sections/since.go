package sections

import (
	"math"
	"slices"

	"trail403/aggregate"
	"trail403/report/compare"
	"trail403/report/page"
	"trail403/report/words"
)

// since says what changed since an earlier report. What was not read in both of them
// comes first, because it could pass for a change.
func (s *sections) since() {
	c := s.o.Against
	if c == nil {
		return
	}
	s.Heading(2, "Since then")
	for i := range c.Coverage {
		if t := unlike(&c.Coverage[i]); t != "" {
			s.Notice(page.Warning, "Coverage differs", t)
		}
	}
	s.Paragraph("The earlier report counts " + words.Plural(c.Denials[0], "denial") + words.Period(c.Earlier.Shown()) +
		", and the later one counts " + words.Plural(c.Denials[1], "denial") + words.Period(c.Later.Shown()) + ".")
	s.lead(newsSince(c))
	top := s.top(len(c.Incidents))
	for i := range c.Incidents[:top] {
		s.incidentSince(&c.Incidents[i])
	}
	if top < len(c.Incidents) {
		s.Bullet(words.Comma(len(c.Incidents)-top) + " more incidents; " + page.Code("--top 0") + " shows all")
	}
	for _, p := range c.Policies[:s.top(len(c.Policies))] {
		s.Bullet(page.Bold("Improved:") + " " + words.PolicyTitle(&aggregate.Policy{
			ARN: p.PolicyARN, Cause: p.Cause, WhyNotTold: p.WhyNotTold, Bucket: p.Bucket, Principal: p.Principal,
			VPCEndpoint: p.VPCEndpoint, Owner: p.Owner,
		}) + ", with no recent denials after " + words.Comma(p.Before) + " in the earlier report")
	}
	s.groupsSince(c)
}

// newsSince counts what changed.
func newsSince(c *compare.Comparison) page.Text {
	var parts []page.Text
	add := func(n int, noun, what page.Text) {
		if n > 0 {
			parts = append(parts, words.Plural(n, noun)+" "+what)
		}
	}
	states := map[compare.IncidentState]int{}
	for _, in := range c.Incidents {
		states[in.State]++
	}
	add(states[compare.Started], "incident", "started")
	add(states[compare.Mended], "incident", words.Was(states[compare.Mended])+" fixed")
	add(states[compare.Proven], "incident", words.Was(states[compare.Proven])+" proven")
	add(states[compare.Ended], "incident", "ended")
	if n := len(c.Of(compare.New)); n > 0 {
		add(n, "group", words.Is(n)+" new")
	}
	t := page.Bold("There is no news:") + " no group is new, and no incident started, was proven or ended."
	if len(parts) > 0 {
		t = page.Bold(words.Capital(words.Listed(parts)) + ".")
	}
	parts = nil
	for _, state := range []compare.GroupState{compare.Louder, compare.Quieter, compare.Gone} {
		if n := len(c.Of(state)); n > 0 {
			add(n, "group", words.Is(n)+" "+page.Text(state))
		}
	}
	if len(parts) > 0 {
		t += " In addition, " + words.Listed(parts) + "."
	}
	return t
}

// incidentSince says what became of an incident.
func (s *sections) incidentSince(c *compare.IncidentChange) {
	in, w := c.Described(), s.r.Window
	t := page.Bold(incidentState(c.State)+":") + " " + words.Incident(in, c.Cause)
	switch {
	case c.State == compare.Started:
		t += ", since " + words.Onset(in, w) + " UTC, with " + words.Plural(in.Denials, "denial")
	case c.State == compare.Mended:
		t += ". Requests that it denied succeed since then; the last denial was on " + words.Moment(in.LastSeen, w) + " UTC"
	case c.State == compare.NotFound:
		t += ". Its groups still have recent denials, but they no longer stand out as an incident"
	case c.State == compare.Unread:
		t += ". The later report did not read the trail that would show its denials"
	case !c.IsOngoing:
		t += "; the last known denial was on " + words.Moment(in.LastSeen, w) + " UTC"
	default:
		t += ", with " + words.Plural(in.Denials, "denial") + "; the last was on " + words.Moment(in.LastSeen, w) + " UTC"
	}
	if s.m != nil {
		for _, shown := range s.m.Incidents {
			if shown.ID == in.ID {
				t += " (" + s.seeIncident(shown) + ")"
			}
		}
	}
	s.Bullet(t)
}

// groupsSince lists the groups that changed.
func (s *sections) groupsSince(c *compare.Comparison) {
	if !c.Rated {
		s.Paragraph("Rates are not compared: each report needs a complete day or hour that the other one does not cover.")
	}
	if len(c.Groups) == 0 {
		return
	}
	top := s.top(len(c.Groups))
	s.Table(page.Table{
		Columns: []page.Column{
			{Title: "Before", Right: true, Pad: 6}, {Title: "Now", Right: true, Pad: 6}, {Title: "Group", Fixed: true},
			{Title: "Per day", Min: 12, Rank: 2}, {Title: "Principal", Min: 30, Stack: "request"},
			{Title: "Action and bucket", Min: 30, Rank: 1, Stack: "request"}, {Title: "Cause", Min: 28, Rank: 3}, idColumn,
		},
		Rows: func(yield func([]page.Text) bool) {
			for i := range c.Groups[:top] {
				g := &c.Groups[i]
				known := &aggregate.Group{
					Principal: g.Principal, PrincipalType: g.PrincipalType, PrincipalAccount: g.PrincipalAccount,
					Action: g.Action, Bucket: g.Bucket,
				}
				for _, cause := range g.Causes {
					known.Causes = append(known.Causes, aggregate.Cause{
						Cause: cause.Cause, PolicyARN: cause.PolicyARN, WhyNotTold: cause.WhyNotTold,
					})
				}
				if !yield([]page.Text{
					words.Comma(g.Before), words.Comma(g.After), groupState(g.State), perDaySince(g),
					words.Principal(known), actionOnBucket(known), groupCause(known), page.Code(g.ID),
				}) {
					return
				}
			}
		},
	})
	rest := 0
	for _, g := range c.Groups[top:] {
		rest += max(g.Before, g.After)
	}
	if top < len(c.Groups) {
		s.Paragraph("Not shown: " + words.Comma(len(c.Groups)-top) + " of " + words.Plural(len(c.Groups), "group") +
			", with " + words.Plural(rest, "denial") + ". " + page.Code("--top 0") + " shows all.")
	}
	if slices.ContainsFunc(c.Groups, func(g compare.GroupChange) bool { return !math.IsNaN(g.Ratio) }) {
		s.Paragraph("A group is louder or quieter if its rate differs by more than chance explains. " +
			"The same statistics judge trends.")
	}
}

// perDaySince compares the rates of a group that is louder or quieter.
func perDaySince(g *compare.GroupChange) page.Text {
	if math.IsNaN(g.Ratio) {
		return page.None
	}
	return words.Rate(g.PerDayBefore) + " before, " + words.Rate(g.PerDayAfter) + " now"
}
