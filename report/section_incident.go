package report

import (
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/report/advice"
	"trail403/report/page"
)

const (
	// maxMembers is how many groups of an incident stand in its table, and
	// fewMembers how many where its groups are many and alike: where the first
	// maxMembers hold less than half of the denials, rows say little.
	maxMembers, fewMembers = 10, 3
	// maxAfter is how many changes after the last denial are named.
	maxAfter = 3
)

// eachIncident writes what is known of each.
func (s *sections) eachIncident() {
	if len(s.r.Incidents) == 0 {
		return
	}
	s.Heading(2, "Incidents one by one")
	groups := s.members()
	top := s.top(len(s.r.Incidents))
	for i := range top {
		if s.upward {
			i = top - 1 - i
		}
		s.incident(i+1, &s.r.Incidents[i], groups[s.r.Incidents[i].ID])
	}
}

// incident writes what is known of one.
func (s *sections) incident(n int, in *aggregate.Incident, groups []*aggregate.Group) {
	s.Heading(3, "Incident "+comma(n)+": "+incidentWords(in, mainCause(groups)))
	since := "Since " + onsetWords(in, s.r.Window) + " UTC: " + plural(in.Denials, "denial")
	all := 0
	for _, g := range groups {
		all += g.Denials
	}
	if all > in.Denials {
		since += ", of the " + comma(all) + " that its groups have in all,"
	}
	since += " in " + reach(in) + "; the last " + moment(in.LastSeen, s.r.Window)
	switch {
	case !s.isLive(in.LastSeen):
		since += ", quiet since then"
	case in.Onset.Before(s.r.Late):
		since += ", " + comma(s.lateOf(in, groups)) + " since " + s.lateWords()
	}
	since += "."
	if !in.OnsetLow.Equal(in.OnsetHigh) {
		since += " They were refused before, so when it began is not certain: between " + moment(in.OnsetLow, s.r.Window) + " and " + moment(in.OnsetHigh, s.r.Window) + "."
	}
	if in.Matching > 0 && in.Matching < len(in.Groups) {
		match := page.Text(" match")
		if in.Matching == 1 {
			match = " matches"
		}
		since += " " + comma(in.Matching) + " of its " + plural(len(in.Groups), "group") + match + " your filters."
	}
	s.Paragraph(since)
	for i, l := range in.Changes {
		when := before(in, l)
		if i == 0 && in.Certainty != "" {
			when += ", " + page.Text(in.Certainty) + " cause"
		}
		s.Bullet(page.Bold(when+":") + " " + s.change(l))
	}
	if len(in.Changes) == 0 && s.r.ChangesSeen > 0 {
		s.Bullet("No change in the trail shortly before touches it.")
	}
	for _, l := range in.After[:min(len(in.After), maxAfter)] {
		s.Bullet(page.Bold(sinceLast(l.Lag)+":") + " " + s.change(l))
	}
	if from := fromWords(groups); from != "" {
		s.Bullet(page.Bold("Callers:") + " " + from)
	}
	if len(groups) > maxMembers {
		s.Bullet(page.Bold("Refused:") + " " + refusedWords(groups) + " within " + length(in.LastSeen.Sub(in.Onset)))
	}
	if e := sample(in, groups); e != nil {
		s.Bullet(page.Bold("Denied, for example:") + " event " + page.Name(e.EventID) + ", " + page.CodeUpTo(e.Message, maxMessage) + onKey(e))
	}
	s.nextSteps(in, groups)
	s.groupTable(groups, s.membersShown(groups), s.memberColumns(in, groups))
}

// membersShown returns how many groups of an incident are shown.
func (s *sections) membersShown(groups []*aggregate.Group) int {
	if s.o.Top == 0 || len(groups) <= maxMembers {
		return len(groups)
	}
	first, all := 0, 0
	for i, g := range groups {
		if i < maxMembers {
			first += g.Denials
		}
		all += g.Denials
	}
	if 2*first < all {
		return fewMembers
	}
	return maxMembers
}

// refusedWords counts and names what many groups were refused.
func refusedWords(groups []*aggregate.Group) page.Text {
	actions, buckets := values{}, values{}
	for _, g := range groups {
		actions.count(g.Action, g.Denials)
		if g.Bucket != "" {
			buckets.count(g.Bucket, g.Denials)
		}
	}
	words := plural(len(actions.counts), "action") + " (" + actions.words(true) + ")"
	if n := len(buckets.counts); n > 0 {
		words += " on " + plural(n, "bucket") + " (" + buckets.words(true) + ")"
	}
	return words
}

// change says what a change was, and when.
func (s *sections) change(l aggregate.Link) page.Text {
	c := &s.r.Changes[l.Change]
	return changeWords(c) + ", at " + page.Text(c.Time.UTC().Format(dayFormat(s.r.Window)+" 15:04:05"))
}

// nextSteps says what to do about an incident: all of it where the caller is the
// question, else where the report says it, else the first step while it goes on.
func (s *sections) nextSteps(in *aggregate.Incident, groups []*aggregate.Group) {
	p := s.blamed(groups)
	if p == nil {
		return
	}
	next, change := page.Bold("Next:")+" ", s.comparison(in)
	n := slices.Index(s.toFix(), p) + 1
	switch {
	case advice.IsQuarantine(p.ARN):
		s.Bullet(next + "see Alarms")
	case in.Pattern == aggregate.Enumeration:
		c := s.caseOf(p)
		c.Principal, c.PrincipalType, c.Probing = plainName(in.Shared.Principal), groups[0].PrincipalType, true
		a := advice.For(c)
		s.Bullet(page.Bold("Meaning:") + " " + page.Quoted(a.Meaning))
		for _, step := range a.NextSteps {
			s.Step(page.Quoted(step))
		}
	case n > 0:
		s.Bullet(next + "see What to do," + space + comma(n))
	case change != "":
		s.Bullet(next + change)
	case s.isLive(in.LastSeen):
		if steps := s.fixOf(p, groups).advice.NextSteps; len(steps) > 0 {
			s.Bullet(next + page.Quoted(steps[0]))
		}
	}
}

// blamed returns the policy of the reason for which the groups have most denials,
// nil if there is none.
func (s *sections) blamed(groups []*aggregate.Group) *aggregate.Policy {
	var group *aggregate.Group
	var most aggregate.Cause
	for _, g := range groups {
		for _, c := range g.Causes {
			if c.Denials > most.Denials {
				group, most = g, c
			}
		}
	}
	for _, p := range s.r.Documents {
		if group != nil && p.Refuses(group, &most) {
			return p
		}
	}
	return nil
}

// maxMessage is how many characters of a message are shown: a long one is cut in
// its middle, and the reason stands at its end.
const maxMessage = 400

// onKey names the object of an example whose message does not.
func onKey(e *aggregate.Example) page.Text {
	if e.Key == "" || strings.Contains(e.Message, e.Key) {
		return ""
	}
	return ", on key " + page.CodeUpTo(e.Key, maxMessage)
}

// sample returns the earliest example of the incident's groups since its onset, or
// else before, nil if they have none: what `explain` takes, and where to look on.
func sample(in *aggregate.Incident, groups []*aggregate.Group) (first *aggregate.Example) {
	before := func(e *aggregate.Example) bool { return e.EventTime.Before(in.Onset) }
	for _, g := range groups {
		for i := range g.Examples {
			e := &g.Examples[i]
			if e.EventID == "" || e.Message == "" {
				continue
			}
			if first == nil || before(first) && !before(e) || before(first) == before(e) && e.EventTime.Before(first.EventTime) {
				first = e
			}
		}
	}
	return first
}
