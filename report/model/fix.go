package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/report/advice"
	"trail403/report/words"
)

// MaxFixes is how many policies are explained, unless all are.
const MaxFixes = 5

// adviceFor returns the advice for a case, and what is the same for all cases that
// get the same advice but for names.
func adviceFor(c advice.Case) (a advice.Advice, key string) {
	a = advice.For(c)
	key = advice.General(c.Cause, c.WhyNotTold).Meaning
	if s := c.Statement; s != nil {
		key += string(s.Kind) + s.Name + s.On + strconv.Itoa(s.Number)
	}
	if a.Alarm || c.Probing || strings.HasPrefix(c.DeniedAction, "kms:") {
		key = a.Reason + key
	}
	return a, key
}

// fixes returns what to fix first, by recent denials, and gives the incidents that
// are shown their fix. Denied scanners and harmless tries are not to fix. Where all is shown, one
// policy of each cause that is not among the first follows.
func (b *builder) fixes(ranked []*aggregate.Policy, incidents []*Incident) (list []*Fix) {
	most := b.shown(MaxFixes)
	explained := map[string]bool{}
	for _, p := range ranked {
		if len(list) >= most && b.top > 0 {
			break
		}
		a, key := adviceFor(b.caseOf(p))
		if a.Owner == event.OwnerNobody || len(list) >= most && explained[key] {
			continue
		}
		groups := b.deniedBy(p)
		if len(groups) > 0 && !slices.ContainsFunc(groups, isToFix) {
			continue
		}
		explained[key] = true
		list = append(list, b.fixOf(p, groups))
	}
	slices.SortStableFunc(list, func(x, y *Fix) int {
		return cmp.Or(cmp.Compare(y.Policy.Recent, x.Policy.Recent), cmp.Compare(y.Policy.Denials, x.Policy.Denials))
	})
	for _, in := range incidents {
		if in.Policy != nil {
			in.Fix = b.fixOf(in.Policy, in.Members)
		}
	}
	return list
}

// isToFix says whether somebody may have to fix the denials of a group.
func isToFix(g *aggregate.Group) bool { return !advice.IsFallback(g) }

// alarms returns the policies by which AWS has put users under quarantine.
func (b *builder) alarms(incidents []*Incident) (list []*Fix) {
	for i := range b.r.Policies {
		if p := &b.r.Policies[i]; advice.IsQuarantine(p.ARN) {
			list = append(list, b.fixOf(p, b.deniedBy(p)))
		}
	}
	return list
}

// deniedBy returns the groups that a policy denies.
func (b *builder) deniedBy(p *aggregate.Policy) (list []*aggregate.Group) {
	for i := range b.r.Groups {
		if g := &b.r.Groups[i]; refuses(p, g) {
			list = append(list, g)
		}
	}
	return list
}

func (b *builder) fixOf(p *aggregate.Policy, groups []*aggregate.Group) *Fix {
	f := &Fix{Policy: p, Groups: groups, Case: b.caseOf(p), Incident: b.incidentOf(groups)}
	f.Hints = b.hintsOf(groups)
	if f.MayBeMissing() {
		f.Case.ReadsObject = advice.Yes
	}
	f.Case.Statement, f.Case.Lost = statementOf(p, f.Incident, groups)
	if f.Case.Probing = f.has("enumeration"); f.Case.Probing && len(groups) > 0 {
		f.Case.Principal, f.Case.PrincipalType = words.Plain(groups[0].Principal), groups[0].PrincipalType
	}
	f.Advice, f.Key = adviceFor(f.Case)
	return f
}

// incidentOf returns the incident that most of the groups belong to, nil if there
// is none that is shown.
func (b *builder) incidentOf(groups []*aggregate.Group) *Incident {
	counts := map[string]int{}
	for _, g := range groups {
		counts[g.IncidentID]++
	}
	for id, n := range counts {
		if in := b.numbers[id]; in != nil && 2*n > len(groups) && in.Number <= b.shown(len(b.r.Incidents)) {
			return in // More than half: no other can be.
		}
	}
	return nil
}

// isRemarked says whether a hint says what the advice on the cause does not.
func isRemarked(g *aggregate.Group, h advice.Hint) bool {
	if h.ID == "service-delivery" { // The advice says it where AWS gives a service no reason.
		return len(g.Causes) > 0 && g.Causes[0].WhyNotTold != denial.WhyAWSService
	}
	return h.ID == "403-is-404" || h.ID == "enumeration"
}

// hintsOf returns the hints that hold for most denials of the groups.
func (b *builder) hintsOf(groups []*aggregate.Group) (list []advice.Hint) {
	counts := map[advice.Hint]int{}
	all := 0
	for _, g := range groups {
		all += g.Denials
		for _, h := range advice.Hints(g, b.patterns[g.IncidentID]) {
			if counts[h] == 0 && isRemarked(g, h) {
				list = append(list, h)
			}
			counts[h] += g.Denials
		}
	}
	return slices.DeleteFunc(list, func(h advice.Hint) bool { return 2*counts[h] <= all })
}
