package evaluate

import (
	"slices"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Decision is what the policies, as far as they are known, decide about a request.
type Decision struct {
	Allowed policydoc.Truth
	// Effect says how a request is denied, "" where that is not certain, or where it
	// is not denied.
	Effect event.Effect
	// Policy is the kind of the policy that denies, the first in the order in which
	// AWS evaluates them.
	Policy event.Policy
	Denies []Finding // the Deny statements that are about the request, without words

	// Unseen and Unread say why a decision is not certain: what statements depend on
	// and the log does not show, and the kinds of which not all policies are known.
	Unseen []string
	Unread []event.Policy
}

// Decide decides whether a request is allowed. ACLs do not count: they allow nothing
// in the buckets that S3 has made since April 2023.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
func Decide(r *Request, policies *Policies) Decision {
	tallies := count(r, policies)
	if r.ResourceAccount != "" && r.Caller.Account != "" || r.Caller.Anonymous || r.Caller.Service != "" {
		return decide(r, tallies, r.Caller.Account == r.ResourceAccount)
	}
	within, across := decide(r, tallies, true), decide(r, tallies, false)
	if within.Allowed != across.Allowed || within.Effect != across.Effect || within.Policy != across.Policy {
		across.Allowed, across.Effect, across.Policy = policydoc.Unseen, "", ""
		across.Unseen = append(across.Unseen, "aws:ResourceAccount")
	}
	return across
}

// decide combines what the kinds of policies say.
func decide(r *Request, tallies map[event.Policy]*tally, within bool) (d Decision) {
	denied := policydoc.Fails
	var denies event.Policy
	for _, kind := range order {
		t := tallies[kind]
		if t.deny == policydoc.Holds && denies == "" {
			denies = kind
		}
		denied = max(denied, t.denied())
		d.Denies = append(d.Denies, t.denies...)
	}
	allowed, lacks := allow(r, tallies, within)
	switch {
	case denied == policydoc.Holds:
		d.Allowed, d.Effect, d.Policy = policydoc.Fails, event.Explicit, denies
	case allowed == policydoc.Fails && denied == policydoc.Fails:
		d.Allowed, d.Effect, d.Policy = policydoc.Fails, event.Implicit, lacks
	case allowed == policydoc.Fails:
		d.Allowed = policydoc.Fails
	case denied == policydoc.Fails:
		d.Allowed = allowed
	default:
		d.Allowed = policydoc.Unseen
	}
	if d.Allowed == policydoc.Unseen {
		d.Unseen, d.Unread = doubts(tallies)
	}
	return d
}

// allow says whether all kinds that have to allow the request do, and if they do
// not, the first that does not.
func allow(r *Request, tallies map[event.Policy]*tally, within bool) (policydoc.Truth, event.Policy) {
	of := func(kind event.Policy) policydoc.Truth { return tallies[kind].allows(kind, policydoc.ToAccount) }
	resource := func(least policydoc.Grant) policydoc.Truth {
		return tallies[event.ResourcePolicy].allows(event.ResourcePolicy, least)
	}
	identity := of(event.IdentityPolicy)
	if r.Caller.IsRoot() {
		identity = policydoc.Holds // the root user needs no policy
	}
	limits := min(of(event.Boundary), of(event.SessionPolicy))

	// Access is what the resource and the caller have to allow together. The page of
	// [order] has the cases.
	toAccount, toRole := resource(policydoc.ToAccount), resource(policydoc.ToRole)
	toCaller := resource(policydoc.ToCaller)
	var access policydoc.Truth
	var lacks event.Policy
	switch {
	case r.Caller.Anonymous || r.Caller.Service != "":
		access, lacks = toCaller, event.ResourcePolicy
	case !within:
		access = min(toAccount, identity, limits)
		lacks = first(toAccount, identity, of(event.Boundary))
	case r.needsResourcePolicy():
		access = max(toCaller, min(limits, max(toRole, min(toAccount, identity))))
		lacks = first(toAccount, max(toRole, identity), of(event.Boundary))
	default:
		access = max(toCaller, min(limits, max(toRole, identity)))
		lacks = first(policydoc.Holds, max(toRole, identity), of(event.Boundary))
	}
	for _, kind := range []event.Policy{event.EndpointPolicy, event.SCP} { // the last one comes first
		if of(kind) == policydoc.Fails {
			lacks = kind
		}
	}
	return min(of(event.SCP), of(event.EndpointPolicy), access), lacks
}

// first returns the first kind that does not allow the request.
func first(resource, identity, boundary policydoc.Truth) event.Policy {
	switch policydoc.Fails {
	case resource:
		return event.ResourcePolicy
	case identity:
		return event.IdentityPolicy
	case boundary:
		return event.Boundary
	}
	return event.SessionPolicy
}

// doubts says why a decision is not certain.
func doubts(tallies map[event.Policy]*tally) (unseen []string, unread []event.Policy) {
	for _, kind := range order {
		t := tallies[kind]
		for _, name := range t.unseen {
			if !slices.Contains(unseen, name) {
				unseen = append(unseen, name)
			}
		}
		if t.applies && !t.complete && !t.allowing {
			unread = append(unread, kind)
		}
	}
	return unseen, unread
}
