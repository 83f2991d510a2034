package report

import (
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/report/advice"
	"trail403/report/page"
)

// eachPolicy writes what the first policies mean and what to do about them. What is
// the same for several stands once.
func (s *sections) eachPolicy() {
	list := s.toFix()
	if len(list) == 0 {
		return
	}
	s.Heading(2, "What to do")
	fixes := make([]fix, len(list))
	first := map[string]int{} // the number of the first with this advice
	for i, p := range list {
		fixes[i] = s.fixOf(p, s.refusedBy(p))
		if key := fixes[i].key; first[key] == 0 {
			first[key] = i + 1
		}
	}
	for i := range fixes {
		if s.upward {
			i = len(fixes) - 1 - i
		}
		s.policy(i+1, &fixes[i], first[fixes[i].key])
	}
	s.Paragraph("S3 names one refusal at a time: repeat the call after a fix, the next may show. A denial may be right. " +
		page.Code("trail403 explain") + " says what to do about any other.")
}

// toFix returns the policies to explain: the first where there is something to
// fix, which refused scanners are not. Where all is shown, they are followed by
// one of each cause that is not among them. It is found once; nobody changes it.
func (s *sections) toFix() []*aggregate.Policy {
	if s.fixList == nil {
		s.fixList = s.chooseFixes(s.ranked())
	}
	return s.fixList
}

func (s *sections) chooseFixes(ranked []*aggregate.Policy) []*aggregate.Policy {
	list := []*aggregate.Policy{}
	most := s.top(maxAdvised)
	explained := map[string]bool{}
	for _, p := range ranked {
		if len(list) >= most && s.o.Top > 0 {
			break
		}
		a, key := adviceFor(s.caseOf(p))
		if a.Owner == event.OwnerNobody || len(list) >= most && explained[key] {
			continue
		}
		explained[key] = true
		list = append(list, p)
	}
	return list
}

// adviceFor returns the advice for a case, and what is the same for all cases that
// get the same, but for names.
func adviceFor(c advice.Case) (a advice.Advice, key string) {
	a = advice.For(c)
	key = advice.General(c.Cause, c.WhyNotTold).Meaning
	if a.Alarm || c.Probing || strings.HasPrefix(c.DeniedAction, "kms:") {
		key = a.Reason + key
	}
	return a, key
}

// A fix is what to say of a policy.
type fix struct {
	policy *aggregate.Policy
	groups []*aggregate.Group // that it refuses, or those of them that it is about
	hints  []advice.Hint
	c      advice.Case
	advice advice.Advice
	key    string // what is the same for all that get the same advice, but for names
}

func (s *sections) fixOf(p *aggregate.Policy, groups []*aggregate.Group) fix {
	f := fix{policy: p, groups: groups, c: s.caseOf(p)}
	f.hints = s.remarks(f.groups)
	if mayBeMissing(f.hints) {
		f.c.ReadsObject = advice.Yes
	}
	f.c.Probing = slices.ContainsFunc(f.hints, func(h advice.Hint) bool { return h.ID == "enumeration" })
	f.advice, f.key = adviceFor(f.c)
	return f
}

// policy writes what the nth policy means and what to do, or that it is the same
// as for the first of its kind.
func (s *sections) policy(n int, f *fix, first int) {
	s.Heading(3, comma(n)+". "+policyTitle(f.policy))
	s.policyFacts(f.policy, f.groups)
	for _, h := range f.hints {
		if h.ID != "enumeration" || !f.c.Probing { // the advice says it
			s.Bullet(page.Bold(page.Text(h.Text)))
		}
	}
	if first < n {
		s.Bullet(page.Bold("Fix is with:") + " " + page.Quoted(f.advice.OwnerText) + "; what to do is the same as for " + comma(first))
		s.compare(f.groups)
	} else {
		s.advise(f)
	}
}

// advise writes what a policy means, whose it is, and the next steps.
func (s *sections) advise(f *fix) {
	if !mayBeMissing(f.hints) { // which says what it means, and not that a permission is missing
		s.Bullet(page.Bold("Meaning:") + " " + page.Quoted(f.advice.Meaning))
	}
	if len(f.policy.Causes) > 1 {
		s.Bullet(page.Bold("How:") + " " + howWords(f.policy) + "; the steps are for the first")
	}
	s.Bullet(page.Bold("Fix is with:") + " " + page.Quoted(f.advice.OwnerText))
	s.compare(f.groups)
	for _, step := range f.advice.NextSteps {
		s.Step(page.Quoted(step))
	}
}

// compare writes the first step where a change came before the incident that the
// groups belong to.
func (s *sections) compare(groups []*aggregate.Group) {
	if n := s.incidentOf(groups); n > 0 {
		if words := s.comparison(&s.r.Incidents[n-1]); words != "" {
			s.Step(words)
		}
	}
}

// comparison says how to look at the change that came before an incident, and whom
// to ask; "" where none came, or none that a person made, and for an incident that is
// over.
func (s *sections) comparison(in *aggregate.Incident) page.Text {
	if len(in.Changes) == 0 || !s.isLive(in.LastSeen) {
		return ""
	}
	l := in.Changes[0]
	c := &s.r.Changes[l.Change]
	if isByAWS(c) {
		return ""
	}
	words := "Look first at the change that came " + before(in, l) + ", " + page.Name(c.Name) + " by " + actorWords(c) +
		": ask whether this was meant, and have it taken back if not."
	if id := plainName(c.EventID); id != "" {
		command := "aws cloudtrail lookup-events"
		if region := plainName(c.Region); region != "" {
			command += " --region " + region
		}
		words += " "
		if account := plainName(c.Account); account != "" {
			words += "In account " + page.Text(account) + ": "
		}
		words += page.Command(command + " --lookup-attributes AttributeKey=EventId,AttributeValue=" + id)
	}
	return words
}

// policyFacts says whom a policy refuses what, since when, and what else is known.
func (s *sections) policyFacts(p *aggregate.Policy, groups []*aggregate.Group) {
	facts := page.Bold(plural(p.Denials, "denial")) + ", " + seenBetween(p.FirstSeen, p.LastSeen, s.r.Window)
	if p.FirstSeen.Before(s.r.Late) {
		facts += ", " + comma(p.Late) + " since " + s.lateWords()
	}
	facts += ": "
	facts += names(&p.Actions, maxThings, page.Name) + " by " + names(&p.Who, maxThings, callerWords)
	if p.Buckets > 0 {
		facts += " on " + names(&p.Where, maxThings, page.Name)
	}
	if n := s.incidentOf(groups); n > 0 {
		s.Bullet(facts + "; see Incident" + space + comma(n))
		return
	}
	s.Bullet(facts)
	if from := fromWords(groups); from != "" && p.PrincipalType != "service" {
		s.Bullet(page.Bold("Callers:") + " " + from)
	}
}

// refusedBy returns the groups that a policy refuses.
func (s *sections) refusedBy(p *aggregate.Policy) (list []*aggregate.Group) {
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		if slices.ContainsFunc(g.Causes, func(c aggregate.Cause) bool { return p.Refuses(g, &c) }) {
			list = append(list, g)
		}
	}
	return list
}

// incidentOf returns the number of the incident that most of the groups belong
// to, if it is one that is shown; else 0.
func (s *sections) incidentOf(groups []*aggregate.Group) int {
	counts := map[string]int{}
	for _, g := range groups {
		counts[g.IncidentID]++
	}
	for i := range s.r.Incidents[:s.top(len(s.r.Incidents))] {
		if 2*counts[s.r.Incidents[i].ID] > len(groups) {
			return i + 1
		}
	}
	return 0
}

// remarked are the hints that the advice on a cause does not give anyway.
var remarked = []string{"403-is-404", "enumeration"}

// isRemarked says whether a policy's groups have a hint worth a line.
func isRemarked(g *aggregate.Group, h advice.Hint) bool {
	if h.ID == "service-delivery" { // which the advice gives where no reason is told
		return len(g.Causes) > 0 && g.Causes[0].WhyNotTold != denial.WhyAWSService
	}
	return slices.Contains(remarked, h.ID)
}

// remarks returns the hints that hold for most denials of the groups.
func (s *sections) remarks(groups []*aggregate.Group) (list []advice.Hint) {
	counts := map[advice.Hint]int{}
	all := 0
	for _, g := range groups {
		all += g.Denials
		for _, h := range advice.Hints(g, s.pattern(g)) {
			if counts[h] == 0 && isRemarked(g, h) {
				list = append(list, h)
			}
			counts[h] += g.Denials
		}
	}
	return slices.DeleteFunc(list, func(h advice.Hint) bool { return 2*counts[h] <= all })
}

// pattern returns the pattern of a group's incident, or empty.
func (s *sections) pattern(g *aggregate.Group) aggregate.Pattern {
	if s.patterns == nil {
		s.patterns = patternsOf(s.r)
	}
	return s.patterns[g.IncidentID]
}

// mayBeMissing says whether it may be the objects that are to fix.
func mayBeMissing(remarks []advice.Hint) bool {
	return slices.ContainsFunc(remarks, func(h advice.Hint) bool { return h.ID == "403-is-404" })
}
