package advice

import (
	"strings"
	"unicode"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// who names the caller as people do: the `reader` role.
func (f *facts) who() string {
	switch name := arn.Last(f.Principal); {
	case f.Principal == "" || f.Principal == "unknown":
		return "the caller"
	case f.PrincipalType == "role", f.PrincipalType == "user":
		return the(arn.Last(identity.Key(f.Principal)), f.PrincipalType)
	case f.PrincipalType == "federated-user":
		return the(name, "federated user")
	case f.PrincipalType == "root":
		return "the root user" + ofAccount(f.account())
	case f.PrincipalType == "service":
		return "the AWS service " + code(f.Principal)
	case f.PrincipalType == "anonymous":
		return "an anonymous caller"
	case f.PrincipalType == "account":
		return "an identity" + ofAccount(f.account())
	}
	if !strings.ContainsFunc(f.Principal, isLetter) { // masked: "…"
		return "the caller"
	}
	return code(f.Principal)
}

func isLetter(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// the returns a name and what it names, such as: the `reader` role.
func the(name, kind string) string {
	if name == "" {
		return "the " + kind
	}
	return "the " + code(name) + " " + kind
}

// action names what was denied. A policy of a key may have denied several actions,
// which a comma separates.
func (f *facts) action() string {
	if f.denied() == "" {
		return "the action"
	}
	if !event.IsKMS(f.denied()) {
		return code(f.denied())
	}
	list := strings.Split(text(f.denied()), ",")
	if len(list) == 1 {
		return "`" + list[0] + "`"
	}
	last := len(list) - 1
	return "`" + strings.Join(list[:last], "`, `") + "` and `" + list[last] + "`"
}

// resource names what was requested.
func (f *facts) resource() string {
	switch {
	case f.Resource != "":
		return code(f.Resource)
	case f.Bucket != "":
		return f.bucket()
	case f.isAccountLevel():
		return `"*"` // as a policy writes it
	}
	return "the resource"
}

func (f *facts) bucket() string {
	if t := f.thing(); t.kind != "" {
		return t.words()
	}
	return the(f.Bucket, "bucket")
}

func (f *facts) bucketPolicy() string {
	if t := f.thing(); t.kind != "" {
		return "the policy of " + t.words()
	}
	if f.Bucket == "" {
		return "the bucket policy"
	}
	return "the bucket policy of " + code(f.Bucket)
}

// policyAccount returns the account that holds the policy: of an SCP or RCP, the
// organization's management account.
func (f *facts) policyAccount() string {
	if account := identity.AccountOf(f.PolicyARN); account != "" {
		return "account " + text(account)
	}
	return "the organization's management account"
}

// policy names the policy that denied the request, by its kind and its owner.
func (f *facts) policy() string {
	kind := f.Cause.Policy()
	if name := arn.Last(f.PolicyARN); name != "" && namedPolicies[kind] != nil {
		return namedPolicies[kind](f, name)
	}
	if words := unnamedPolicies[kind]; words != nil {
		return words(f)
	}
	if event.IsKMS(f.DeniedAction) {
		return "the policy of the KMS key"
	}
	return f.bucketPolicy()
}

// namedPolicies name a policy whose ARN is known, by the last part of that.
var namedPolicies = map[event.Policy]func(f *facts, name string) string{
	event.SCP:            func(_ *facts, id string) string { return "service control policy (SCP) " + code(id) },
	event.RCP:            func(_ *facts, id string) string { return "resource control policy (RCP) " + code(id) },
	event.IdentityPolicy: func(f *facts, name string) string { return the(name, "identity policy of "+f.who()) },
	event.Boundary:       func(f *facts, name string) string { return the(name, "permissions boundary of "+f.who()) },
	event.SessionPolicy:  func(f *facts, name string) string { return the(name, "session policy of "+f.who()) },
}

// unnamedPolicies name a policy by its kind and its owner. Those of resources are
// not among them: the policy can be that of a key.
var unnamedPolicies = map[event.Policy]func(f *facts) string{
	event.SCP: func(f *facts) string {
		return "a service control policy (SCP)" + orElse(ofAccount(f.account()), " of the organization")
	},
	event.RCP: func(f *facts) string {
		return "a resource control policy (RCP)" + orElse(ofAccount(f.BucketAccount), " of the organization")
	},
	event.IdentityPolicy: func(f *facts) string { return "an identity policy of " + f.who() },
	event.Boundary:       func(f *facts) string { return "the permissions boundary of " + f.who() },
	event.SessionPolicy:  func(f *facts) string { return "the session policy of " + f.who() },
	event.EndpointPolicy: func(f *facts) string {
		if f.VPCEndpoint == "" {
			return "the policy of a VPC endpoint"
		}
		return "the policy of VPC endpoint " + code(f.VPCEndpoint)
	},
	event.TrustPolicy: func(f *facts) string {
		if !f.isRoleARN() {
			return "the trust policy of a role"
		}
		return "the trust policy of " + the(f.assumedRole(), "role")
	},
}

func ofAccount(account string) string {
	if account == "" {
		return ""
	}
	return " of account " + text(account)
}

func inBrackets(account string) string {
	if account == "" {
		return ""
	}
	return " (account " + text(account) + ")"
}

// words names the thing.
func (t thing) words() string {
	if t.kind == "" {
		return "what the request names"
	}
	return the(t.name, t.kind)
}
