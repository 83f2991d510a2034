package evaluate

import (
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Request is what is known about a request, and about what it was for.
type Request struct {
	policydoc.Request
	ResourceAccount string // 12 digits, or empty if it is not known
	// AccessPoint is the resource as the policy of an access point names it, if the
	// request came through one.
	AccessPoint string
}

// asSeenBy returns the requests that a policy may be about. One that came through an
// access point is on the bucket for the bucket's policy, on the access point for its
// policy, and on either for the caller's.
func (r *Request) asSeenBy(p *Policy) []policydoc.Request {
	through := r.Request
	through.Resource, through.ResourceOpen = r.AccessPoint, false
	switch {
	case r.AccessPoint == "":
		return []policydoc.Request{r.Request}
	case p.Kind != event.ResourcePolicy:
		return []policydoc.Request{r.Request, through}
	case p.ofAccessPoint():
		return []policydoc.Request{through}
	}
	return []policydoc.Request{r.Request}
}

// Match matches a statement against the request, as it fits best.
func (r *Request) Match(p *Policy, s *policydoc.Statement) policydoc.Match {
	var best policydoc.Match
	for i, seen := range r.asSeenBy(p) {
		m := s.Match(&seen)
		if i == 0 || m.Truth() > best.Truth() {
			best = m
		}
	}
	if p.Kind == event.ResourcePolicy && !s.Principals.Given {
		best.Principal = policydoc.Fails // it names nobody, and AWS stores none without
	}
	return best
}

// subject says whether policies of a kind can apply to the request.
func (r *Request) subject(kind event.Policy) bool {
	c := &r.Caller
	switch kind {
	case event.EndpointPolicy:
		endpoint, seen := r.Context.Lookup("aws:SourceVpce")
		return !seen || len(endpoint) > 0
	case event.ResourcePolicy, event.RCP:
		return true
	case event.Boundary:
		return !c.Anonymous && c.Service == "" && !c.IsRoot()
	case event.SessionPolicy:
		return !c.Anonymous && c.Service == "" && !c.IsRoot() && (c.Session != "" || !c.IsUser())
	}
	return !c.Anonymous && c.Service == ""
}

// needsResourcePolicy says whether the policy of the resource has to allow the
// request also within an account: that of a KMS key, or the trust policy of a role.
func (r *Request) needsResourcePolicy() bool {
	return strings.HasPrefix(r.Action, "kms:") || strings.HasPrefix(r.Action, "sts:")
}
