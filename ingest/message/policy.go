package message

import "trail403/ingest/event"

// A policy is one kind of policy as AWS names it in a message.
type policy struct {
	words   string // the words of the message, in full
	kind    event.Policy
	article string // of the words, in an explicit denial
}

// policies is tried in order. For a kind that occurs twice, the first entry is
// the canonical one. "permissions boundary" really comes without the word
// "policy", and older copies of the IAM guide have the misprint "sessions".
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
var policies = [...]policy{
	{"identity-based policy", event.IdentityPolicy, "an"},
	{"resource-based policy", event.ResourcePolicy, "a"},
	{"service control policy", event.SCP, "a"},
	{"resource control policy", event.RCP, "a"},
	{"VPC endpoint policy", event.EndpointPolicy, "a"},
	{"permissions boundary", event.Boundary, "a"},
	{"session policy", event.SessionPolicy, "a"},
	{"sessions policy", event.SessionPolicy, "a"},
	{"role trust policy", event.TrustPolicy, "the"},
}

// policyOf returns how a message names the policy, nil for none.
func policyOf(kind event.Policy) *policy {
	for i := range policies {
		if policies[i].kind == kind {
			return &policies[i]
		}
	}
	return nil
}
