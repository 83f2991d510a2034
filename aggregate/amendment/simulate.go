package amendment

import (
	"slices"

	"trail403/aggregate/evaluate"
	"trail403/aggregate/statement"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Simulation is what policies of one kind would have done to the denials that were seen.
type Simulation struct {
	Of      int // denials that the policies are meant to allow
	Allowed int // of them
	Unknown int // of them, of which that depends on what the log does not show
	Others  int // other denials that the policies would have allowed, and do not as they are
	Unsure  int // other denials, of which that depends on it
	// Blocked are Deny statements, of policies of any kind, that deny some of the requests
	// as the documents are now.
	Blocked []Place
}

// LeaveOut counts denials that the policies are meant to allow as well, and that are not
// among the requests: they differ in too many ways to be kept. Their groups count them as
// unsure others before.
func (s *Simulation) LeaveOut(denials int) {
	denials = max(denials, 0)
	s.Of += denials
	s.Unknown += denials
	s.Unsure = max(s.Unsure-denials, 0)
}

// Simulate says what policies of a kind would have done in place of those that are there
// now. Whether a policy of another kind allows the requests too is not a part of it.
// concerns says whether the policies apply to a request.
func (s *Seen) Simulate(
	before, after []evaluate.Policy, meant []statement.Denied, concerns func(*statement.Denied) bool,
) (out Simulation) {
	isMeant := map[*event.Denial]bool{}
	for i := range meant {
		r := &meant[i]
		isMeant[r.Denial] = true
		out.Of += r.Denials
		switch allows(after, r) {
		case policydoc.Holds:
			out.Allowed += r.Denials
		case policydoc.Unseen:
			out.Unknown += r.Denials
		}
		out.addBlocked(s.Policies(r), r)
	}
	out.Unsure = s.leftOut(concerns)
	for r := range s.each() {
		isSame := !concerns(r) || isMeant[r.Denial] || !couldBeAllowed(r, after)
		if isSame {
			continue
		}
		then, now := allows(before, r), allows(after, r)
		switch {
		case now == policydoc.Holds && then != policydoc.Holds:
			out.Others += r.Denials
		case now == policydoc.Unseen && then == policydoc.Fails:
			out.Unsure += r.Denials
		}
	}
	return out
}

// couldBeAllowed says whether a denial was one for the lack of an Allow in a policy of the
// kind. If it was not, another Allow would have changed nothing.
func couldBeAllowed(r *statement.Denied, policies []evaluate.Policy) bool {
	c := r.Denial.Cause
	if c == event.NotTold || c == event.Truncated {
		return true
	}
	return c.Effect() == event.Implicit && len(policies) > 0 && c.Policy() == policies[0].Kind
}

// allows says whether a policy of the list allows a request, and no Deny of one is about it.
func allows(policies []evaluate.Policy, r *statement.Denied) policydoc.Truth {
	allowed, denied := policydoc.Fails, policydoc.Fails
	for i := range policies {
		deny, allow, _, _ := evaluate.Says(r.Request, &policies[i])
		allowed, denied = max(allowed, allow), max(denied, deny)
	}
	switch {
	case denied == policydoc.Holds:
		return policydoc.Fails
	case denied == policydoc.Unseen:
		return min(allowed, policydoc.Unseen)
	}
	return allowed
}

// maxBlocked bounds how many Deny statements are named.
const maxBlocked = 3

// addBlocked notes the Deny statements that deny a request.
func (out *Simulation) addBlocked(policies []evaluate.Policy, r *statement.Denied) {
	for i := range policies {
		_, _, denies, _ := evaluate.Says(r.Request, &policies[i])
		for _, f := range denies {
			at := placeOf(&policies[i], f.Statement)
			isKnown := slices.ContainsFunc(out.Blocked, func(o Place) bool { return o.isSame(&at) })
			if !isKnown && len(out.Blocked) < maxBlocked {
				out.Blocked = append(out.Blocked, at)
			}
		}
	}
}
