package suggest

import (
	"cmp"
	"maps"
	"slices"

	"trail403/aggregate"
	"trail403/aggregate/amendment"
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

// forPrincipal merges what one principal was denied. seen is nil if it is not known what
// the denials were requests for.
func forPrincipal(principal string, groups []*aggregate.Group, seen *amendment.Seen) Suggestion {
	s := Suggestion{Principal: principal}
	drafts := map[place]*draft{}
	denies := map[Blocker]*Deny{}
	left := map[string]bool{}
	for _, g := range groups {
		missing := mayBeMissing(g)
		for _, c := range g.Causes {
			denied := request{g, c, cmp.Or(c.DeniedAction, g.Action), requestsOf(g, c, seen)}
			switch c.Cause.Effect() {
			case event.Explicit:
				denied.addDeny(denies, seen)
			case event.Implicit:
				if why := denied.addTo(drafts, missing); why != "" {
					left[why.of(denied.action)] = true
				}
			}
		}
	}
	for at, d := range drafts {
		p, allowed := at.policy(principal, d, seen)
		for _, action := range allowed {
			left[allowedNow.of(action)] = true
		}
		if p != nil {
			s.Denials += p.Denials
			s.Policies = append(s.Policies, *p)
		}
	}
	slices.SortFunc(s.Policies, func(a, b Policy) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Target, b.Target))
	})
	for _, d := range denies {
		s.Denies = append(s.Denies, *d)
	}
	slices.SortFunc(s.Denies, func(a, b Deny) int {
		return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.PolicyARN, b.PolicyARN), cmp.Compare(a.Bucket, b.Bucket))
	})
	s.Notes = slices.Sorted(maps.Keys(left))
	return s
}

// addDeny adds the Deny statements that block the requests.
func (r request) addDeny(denies map[Blocker]*Deny, seen *amendment.Seen) {
	key := Blocker{r.c.Cause, r.c.PolicyARN, r.g.Bucket}
	d := denies[key]
	if d == nil {
		d = &Deny{Blocker: key}
		denies[key] = d
	}
	d.Denials += r.c.Denials
	if seen != nil {
		more := seen.Exceptions(r.g.Principal, r.requests, r.c.Cause, r.c.PolicyARN)
		d.Exceptions = amendment.JoinExceptions(d.Exceptions, more)
	}
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
		d = &draft{notes: map[string]bool{}}
		drafts[at] = d
	}
	d.needs = append(d.needs, need{
		Need:    amendment.Need{Principal: r.g.Principal, Action: r.action, Resources: on.names, Requests: r.requests},
		denials: r.c.Denials, last: r.g.LastSeen, notes: on.notes,
	})
	for _, n := range r.notes(at, missing) {
		d.notes[n] = true
	}
	return ""
}
