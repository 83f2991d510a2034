package evaluate

import (
	"iter"
	"slices"
	"strings"
	"time"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Policy is a policy document that applies to a request.
type Policy struct {
	Kind event.Policy
	// Name is the ARN of a managed policy, the ARN or id of a policy of an
	// organization, or the name of an inline policy. It is empty for the only policy
	// of a resource.
	Name string
	// On is what the policy is attached to: an ARN of a role, the name of a bucket,
	// the ARN of an access point, an organizational unit. Of policies of organizations
	// and of resources, each thing that one is attached to has to allow a request.
	On string
	// Since is the time from which the document held, and Change the event id of the
	// change that put it into force. Both are empty where that is not known.
	Since  time.Time
	Change string
	// File is the name of the file that has the document, and Read the time at which it
	// held. Both are empty if it comes from the trail.
	File     string
	Read     time.Time
	Document *policydoc.Document
}

// statements yields the statements of the policy with an effect.
func (p *Policy) statements(effect policydoc.Effect) iter.Seq[*policydoc.Statement] {
	return func(yield func(*policydoc.Statement) bool) {
		for i := range p.Document.Statements {
			if s := &p.Document.Statements[i]; s.Effect == effect && !yield(s) {
				return
			}
		}
	}
}

// isNamed says whether a message that names the ARN means the policy. A trail shows
// only the id of a policy of an organization.
func (p *Policy) isNamed(policyARN string) bool {
	a, ok := arn.Parse(policyARN)
	return p.Name == policyARN || ok && a.Service == "organizations" && arn.Last(p.Name) == arn.Last(policyARN)
}

// ofAccessPoint says whether the policy is that of an access point.
func (p *Policy) ofAccessPoint() bool { return strings.Contains(p.On, ":accesspoint/") }

// Policies are the policies that apply to a request, as far as they are known.
type Policies struct {
	List []Policy
	// Complete lists the kinds of which no other policies apply. Of the other kinds,
	// there may be policies that are not known.
	Complete []event.Policy
	// Allowing lists the kinds that are known to allow the request, and not to deny
	// it, whatever their documents are: those of a request that succeeded.
	Allowing []event.Policy
}

// order is that in which AWS evaluates the kinds of policies.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
var order = [...]event.Policy{
	event.RCP, event.SCP, event.EndpointPolicy, event.ResourcePolicy,
	event.IdentityPolicy, event.Boundary, event.SessionPolicy,
}

// isComplete says whether all policies of a kind are known. A resource, an endpoint,
// a user, a role and a session have at most one of the kinds that are not listed
// here, so that the one that is known is all.
func (p *Policies) isComplete(kind event.Policy) bool {
	if slices.Contains(p.Complete, kind) {
		return true
	}
	switch kind {
	case event.IdentityPolicy, event.SCP, event.RCP:
		return false
	}
	return slices.ContainsFunc(p.List, func(one Policy) bool { return one.Kind == kind })
}
