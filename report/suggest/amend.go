package suggest

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"trail403/aggregate/amendment"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/proposal"
	"trail403/aggregate/statement"
	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/ingest/policydoc"
)

// eventKinds are the kinds of policies as the rest of the program names them.
var eventKinds = map[Kind]event.Policy{
	Identity: event.IdentityPolicy, Boundary: event.Boundary, Session: event.SessionPolicy, SCP: event.SCP,
	Bucket: event.ResourcePolicy, Key: event.ResourcePolicy, Endpoint: event.EndpointPolicy,
}

// policy turns a draft into a policy: edits of the statements that are known, and a
// document for what no edit covers. It returns nil if nothing is left to do, and the actions
// that a document allows which is newer than their denials.
func (at place) policy(principal string, d *draft, seen *amendment.Seen) (p *Policy, allowed []string) {
	p = &Policy{Kind: at.kind, Target: at.target, Attach: attachWords[at.kind](at.target, principal)}
	notes := maps.Clone(d.notes)
	a := amended{rest: d.needs}
	if seen != nil {
		a = at.amend(principal, d.needs, seen)
	}
	for _, e := range a.edits {
		p.Edits = append(p.Edits, editOf(e))
	}
	for _, n := range a.rest {
		for _, text := range n.notes {
			notes[text] = true
		}
		p.InDocument += n.denials
	}
	p.Denials = p.InDocument + a.denials
	p.Document = at.document(principal, a.rest)
	if p.Denials == 0 {
		return nil, a.allowed
	}
	p.Notes = slices.Sorted(maps.Keys(notes))
	if seen != nil && len(a.meant) > 0 {
		a.after = with(a.after, at, &p.Document)
		p.Simulation = at.simulate(&a, seen)
		p.Simulation.LeaveOut(p.Denials - p.Simulation.Of)
	}
	return p, a.allowed
}

// amended is what edits of known policies do about what is needed.
type amended struct {
	before, after []evaluate.Policy
	edits         []*amendment.Edit
	denials       int // that the edits are about
	meant         []statement.Denied
	rest          []need   // what the edits do not cover
	allowed       []string // actions that a document allows which is newer than their denials
}

// amend finds edits for what is needed. If a document allows it that is as old as the
// denial, the message counts for more: the policy was another one.
func (at place) amend(principal string, needs []need, seen *amendment.Seen) (a amended) {
	a.before = at.editable(principal, needs, seen)
	list := make([]amendment.Need, len(needs))
	for i := range needs {
		list[i] = needs[i].Need
	}
	var how []amendment.Coverage
	a.after, a.edits, how = amendment.Amend(a.before, list)
	for i, n := range needs {
		if how[i] == amendment.Allowed && isAllowedSince(a.before, list[i], n.last) {
			a.allowed = append(a.allowed, n.Action)
			continue
		}
		a.meant = append(a.meant, n.Requests...)
		if how[i] == amendment.Edited {
			a.denials += n.denials
		} else {
			a.rest = append(a.rest, n)
		}
	}
	return a
}

// isAllowedSince says whether policies allow what is needed that are newer than a time.
func isAllowedSince(policies []evaluate.Policy, need amendment.Need, last time.Time) bool {
	newer := slices.DeleteFunc(slices.Clone(policies), func(p evaluate.Policy) bool {
		return !amendment.NewerThan(&p, last)
	})
	_, _, how := amendment.Amend(newer, []amendment.Need{need})
	return how[0] == amendment.Allowed
}

// editable returns the policies that are known at the place, and can be edited. Those of a
// role of IAM Identity Center are changed in its permission set.
func (at place) editable(principal string, needs []need, seen *amendment.Seen) []evaluate.Policy {
	if at.kind == Identity && PermissionSet(principal) != "" {
		return nil
	}
	for i := range needs {
		for j := range needs[i].Requests {
			if list := seen.Editable(&needs[i].Requests[j], eventKinds[at.kind], at.target); len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// with adds a document to the policies.
func with(policies []evaluate.Policy, at place, d *Document) []evaluate.Policy {
	if len(d.Statement) == 0 {
		return policies
	}
	text, err := json.Marshal(d)
	if err != nil {
		return policies
	}
	parsed, err := policydoc.Parse(text)
	if err != nil {
		return policies
	}
	return append(slices.Clone(policies), evaluate.Policy{Kind: eventKinds[at.kind], On: at.target, Document: parsed})
}

// simulate tries the policies on the requests that were seen.
func (at place) simulate(a *amended, seen *amendment.Seen) *amendment.Simulation {
	target := proposal.Target{Kind: eventKinds[at.kind], Name: at.target}
	switch at.kind {
	case Identity, Boundary, Session:
		target.Name = identity.Key(at.target)
	}
	isManaged := slices.ContainsFunc(a.edits, func(e *amendment.Edit) bool { return arn.Valid(e.Policy.Name) })
	sim := seen.Simulate(a.before, a.after, a.meant, func(r *statement.Denied) bool {
		return target.Concerns(r.Denial) || isManaged && isAttached(a, seen.Policies(r))
	})
	return &sim
}

// isAttached says whether one of the managed policies that are edited is among others.
func isAttached(a *amended, policies []evaluate.Policy) bool {
	return slices.ContainsFunc(policies, func(p evaluate.Policy) bool {
		isSame := func(e *amendment.Edit) bool { return e.Policy.Name == p.Name }
		return arn.Valid(p.Name) && slices.ContainsFunc(a.edits, isSame)
	})
}
