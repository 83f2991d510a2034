package evaluate

import (
	"slices"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// tally is what the policies of one kind say about a request.
type tally struct {
	places []*place
	deny   policydoc.Truth // a Deny statement is about the request
	denies []Finding       // those that are
	unseen []string        // what statements depend on that the log does not show

	applies  bool // policies of the kind can apply
	complete bool // all of them are known
	allowing bool // they are known to allow the request
}

// place is one thing that policies are attached to, and how they allow the request:
// for each [policydoc.Grant], whether an Allow statement gives it.
type place struct {
	on    string
	allow [policydoc.ToCaller + 1]policydoc.Truth
}

// count counts what the policies of each kind say.
func count(r *Request, policies *Policies) map[event.Policy]*tally {
	all := map[event.Policy]*tally{}
	for _, kind := range order {
		all[kind] = &tally{
			applies:  r.subject(kind),
			complete: policies.isComplete(kind),
			allowing: slices.Contains(policies.Allowing, kind),
		}
	}
	for i := range policies.List {
		p := &policies.List[i]
		if t := all[p.Kind]; t != nil && t.applies && !t.allowing {
			t.add(r, p)
		}
	}
	return all
}

// add counts the statements of a policy.
func (t *tally) add(r *Request, p *Policy) {
	at := t.placeOf(p)
	for i := range p.Document.Statements {
		s := &p.Document.Statements[i]
		m := r.Match(p, s)
		truth := m.Truth()
		if truth == policydoc.Fails {
			continue
		}
		for _, name := range m.Unseen {
			if !slices.Contains(t.unseen, name) {
				t.unseen = append(t.unseen, name)
			}
		}
		if s.Effect == policydoc.Allow {
			at.allow[m.Grant] = max(at.allow[m.Grant], truth)
			continue
		}
		t.deny = max(t.deny, truth)
		if truth == policydoc.Holds {
			t.denies = append(t.denies, Finding{Policy: p, Statement: s, Matches: Refuses})
		}
	}
}

// placeOf returns the place of a policy. All policies of an identity count as one,
// whether they are its own or of its groups.
func (t *tally) placeOf(p *Policy) *place {
	on := ""
	switch p.Kind {
	case event.SCP, event.RCP, event.ResourcePolicy:
		on = p.On
	}
	for _, at := range t.places {
		if at.on == on {
			return at
		}
	}
	at := &place{on: on}
	t.places = append(t.places, at)
	return at
}

// allows says whether the policies allow the request, with a grant that is at least
// as direct as the given one.
func (t *tally) allows(kind event.Policy, least policydoc.Grant) policydoc.Truth {
	switch {
	case t.allowing || !t.applies:
		return policydoc.Holds
	case kind == event.RCP:
		return policydoc.Holds // RCPFullAWSAccess allows everything and cannot be detached
	case len(t.places) == 0 && !t.complete:
		return policydoc.Unseen
	case len(t.places) == 0:
		// What limits nobody where there is none, and what allows nothing.
		if kind == event.IdentityPolicy || kind == event.ResourcePolicy {
			return policydoc.Fails
		}
		return policydoc.Holds
	}
	answer := policydoc.Holds
	for _, at := range t.places {
		answer = min(answer, slices.Max(at.allow[least:]))
	}
	switch {
	case t.complete:
		return answer
	case kind == event.IdentityPolicy:
		return max(answer, policydoc.Unseen) // another policy may allow it
	}
	return policydoc.Unseen // another policy, or another place, may change the answer
}

// denied says whether a Deny statement is about the request. Where policies are
// unknown, one of them may be.
func (t *tally) denied() policydoc.Truth {
	if t.applies && !t.complete && !t.allowing {
		return max(t.deny, policydoc.Unseen)
	}
	return t.deny
}
