package suggest

import (
	"cmp"
	"maps"
	"slices"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/advice"
)

// Suggestion is what a principal was denied and would need.
type Suggestion struct {
	Principal string // ARN
	Denials   int    // that the policies are about
	Policies  []Policy
	Denies    []Deny   // what no Allow can override
	Notes     []string // what is not in the policies, and why; can name what a log contains
}

// forPrincipal merges what one principal was denied.
func forPrincipal(principal string, groups []*aggregate.Group) Suggestion {
	s := Suggestion{Principal: principal}
	drafts := map[place]*draft{}
	denies := map[Deny]int{}
	left := map[string]bool{}
	for _, g := range groups {
		missing := mayBeMissing(g)
		for _, c := range g.Causes {
			switch c.Cause.Effect() {
			case event.Explicit:
				denies[Deny{Cause: c.Cause, PolicyARN: c.PolicyARN, Bucket: g.Bucket}] += c.Denials
			case event.Implicit:
				denied := request{g, c, cmp.Or(c.DeniedAction, g.Action)}
				if why := denied.addTo(drafts, missing); why != "" {
					left[why.of(denied.action)] = true
				}
			}
		}
	}
	for at, d := range drafts {
		s.Denials += d.denials
		s.Policies = append(s.Policies, at.policy(principal, d))
	}
	slices.SortFunc(s.Policies, func(a, b Policy) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Target, b.Target))
	})
	for d, n := range denies {
		d.Denials = n
		s.Denies = append(s.Denies, d)
	}
	slices.SortFunc(s.Denies, func(a, b Deny) int {
		return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.PolicyARN, b.PolicyARN), cmp.Compare(a.Bucket, b.Bucket))
	})
	s.Notes = slices.Sorted(maps.Keys(left))
	return s
}

// mayBeMissing says whether the group may have been denied only because its
// objects do not exist.
func mayBeMissing(g *aggregate.Group) bool {
	return slices.ContainsFunc(advice.Hints(g, ""), func(h advice.Hint) bool { return h.ID == advice.HintMissingObject })
}

// addTo adds a statement that allows the request to the draft for its policy. It
// returns why there is none.
func (r request) addTo(drafts map[place]*draft, missing bool) (why note) {
	on, why := r.resources()
	if why != "" {
		return why
	}
	at, why := r.place()
	if why != "" {
		return why
	}
	d := drafts[at]
	if d == nil {
		d = &draft{resources: map[string][]string{}, notes: map[string]bool{}}
		drafts[at] = d
	}
	d.denials += r.c.Denials
	for _, resource := range on.names {
		d.allow(r.action, resource)
	}
	for _, n := range slices.Concat(on.notes, r.notes(at, missing)) {
		d.notes[n] = true
	}
	return ""
}
