package sections

import (
	"time"

	"trail403/aggregate"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// hasSteps says whether the section of an incident gives the steps of its fix: while
// it is ongoing, and always where somebody probes buckets.
func (s *sections) hasSteps(in *model.Incident) bool {
	return in.Fix != nil && !in.Alarm && (in.Ongoing || in.Fix.Case.Probing)
}

// policyFacts says whom a policy denies what, since when, and from where they call.
func (s *sections) policyFacts(f *model.Fix) {
	p := f.Policy
	facts := page.Bold(words.Plural(p.Denials, "denial")) + ", " +
		words.SeenBetween(p.FirstSeen, p.LastSeen, s.r.Window)
	if p.FirstSeen.Before(s.r.RecentFrom) {
		facts += ", " + words.Comma(p.Recent) + " since " + s.recentStart()
	}
	facts += ": " + words.Names(&p.Actions, words.MaxThings, page.Name) + " by " +
		words.Names(&p.Who, words.MaxThings, words.Caller)
	if p.Buckets > 0 {
		facts += " on " + words.Names(&p.Where, words.MaxThings, page.Name)
	}
	if f.Incident != nil {
		s.Bullet(facts + "; see " + s.seeIncident(f.Incident))
		return
	}
	s.Bullet(facts)
	if from := words.From(f.Groups); from != "" && p.PrincipalType != "service" {
		s.Bullet(page.Bold("Callers:") + " " + from)
	}
}

// advise writes what a policy means, who can fix it, and the next steps, unless they
// are the same as elsewhere.
func (s *sections) advise(f *model.Fix, same page.Text) {
	for _, h := range f.Hints {
		if h.ID != "enumeration" || !f.Case.Probing { // The advice says it.
			s.Bullet(page.Bold(page.Quoted(h.Text)))
		}
	}
	if same != "" {
		s.Bullet(page.Bold("Who can fix it:") + " " + page.Quoted(f.Advice.OwnerText) +
			". The steps are the same as " + same + ".")
		s.compare(f)
		return
	}
	if !f.MayBeMissing() { // The hint then says what it means, and not that a permission is missing.
		s.Bullet(page.Bold("Meaning:") + " " + page.Quoted(f.Advice.Meaning))
	}
	if len(f.Policy.Causes) > 1 {
		s.Bullet(page.Bold("Denials by this policy, by how it denies:") + " " + words.How(f.Policy) +
			". The steps below are for the first of these.")
	}
	s.Bullet(page.Bold("Who can fix it:") + " " + page.Quoted(f.Advice.OwnerText))
	s.compare(f)
	for _, step := range f.Advice.NextSteps {
		s.Step(page.Quoted(step))
	}
	s.simulate(f)
}

// compare writes the first step where a change came before an ongoing incident: look
// at the change and ask who made it. Of what AWS changed itself there is nobody to
// ask.
func (s *sections) compare(f *model.Fix) {
	in := f.Incident
	if in == nil || len(in.Changes) == 0 || !in.Ongoing {
		return
	}
	l := in.Changes[0]
	c := &s.r.Changes[l.Change]
	if words.IsByAWS(c) {
		return
	}
	step := "Look first at the change " + before(in, l) + ", " + page.Name(c.Name) + " by " + words.Actor(c) +
		". Ask whether it was meant to block these calls, and have it reverted if not."
	if id := words.Plain(c.EventID); id != "" {
		command := "aws cloudtrail lookup-events"
		if region := words.Plain(c.Region); region != "" {
			command += " --region " + region
		}
		step += " "
		if account := words.Plain(c.Account); account != "" {
			step += "In account " + page.Text(account) + ": "
		}
		step += page.Command(command + " --lookup-attributes AttributeKey=EventId,AttributeValue=" + id)
	}
	s.Step(step)
}

// before says how long before the onset a change came.
func before(in *model.Incident, l aggregate.Link) page.Text {
	if in.OnsetLow.Equal(in.OnsetHigh) {
		return words.Lag(l.Lag) + " before"
	}
	return words.AboutLag(l.Lag) + " before"
}

// sinceLast says how long after the last denial a change came, or before it.
func sinceLast(d time.Duration) page.Text {
	if d < 0 {
		return words.Lag(-d) + " before the last denial"
	}
	return words.Lag(d) + " after the last denial"
}

// sameAs names the earlier place that gives the same advice, or "".
func (s *sections) sameAs(f *model.Fix) page.Text {
	for _, in := range s.m.Incidents {
		if in.Fix == f {
			return ""
		}
		if s.hasSteps(in) && in.Fix.Key == f.Key && in.Number <= s.top(len(s.m.Incidents)) {
			return "for " + s.seeIncident(in)
		}
	}
	for i, other := range s.m.Fixes {
		switch {
		case other == f:
			return ""
		case other.Incident == nil && other.Key == f.Key:
			return "for " + page.Link(atPolicy(i+1), "policy"+words.Space+words.Comma(i+1))
		}
	}
	return ""
}
