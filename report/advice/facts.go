package advice

import (
	"strings"
	"unicode"

	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// facts are a case, and what can be read out of its names. With general set
// there is no case but a cause.
type facts struct {
	Case
	general bool
}

// denied returns the action that was missing, going by the message first.
func (f *facts) denied() string {
	switch {
	case f.DeniedAction != "":
		return f.DeniedAction
	case f.Cause == event.KMSKey:
		return "kms:Decrypt" // the old text of KMS, about a ciphertext, names none
	}
	return f.Action
}

// isKMS says whether KMS refused, asked by S3 on the caller's behalf.
func (f *facts) isKMS() bool { return strings.HasPrefix(f.DeniedAction, "kms:") }

// isOtherAccount says whether the caller is known to be of another account than
// the bucket.
func (f *facts) isOtherAccount() bool {
	return denial.IsOtherAccount(f.account(), f.BucketAccount)
}

func (f *facts) account() string {
	if f.CallerAccount != "" {
		return f.CallerAccount
	}
	return identity.AccountOf(f.Principal)
}

// kind returns the kind of identity that has policies: role or user.
func (f *facts) kind() string {
	if f.PrincipalType == "user" {
		return "user"
	}
	return "role"
}

// name returns the name of the role or user, or "".
func (f *facts) name() string {
	if f.PrincipalType != "user" && f.PrincipalType != "role" {
		return ""
	}
	return lastPart(identity.Key(f.Principal))
}

// permissionSet returns the permission set of IAM Identity Center that a role
// was made from: AWSReservedSSO_NAME_0123456789abcdef. Such a role cannot be
// edited.
func (f *facts) permissionSet() string {
	name, ok := strings.CutPrefix(f.name(), "AWSReservedSSO_")
	if i := strings.LastIndexByte(name, '_'); ok && i > 0 {
		name = name[:i]
	}
	if !ok {
		return ""
	}
	return name
}

// isAccountLevel says whether the call is on no bucket at all.
func (f *facts) isAccountLevel() bool {
	if f.Bucket != "" || f.Resource != "" || f.general {
		return false
	}
	switch f.denied() {
	case "s3:ListAllMyBuckets", "s3:GetAccountPublicAccessBlock", "s3:PutAccountPublicAccessBlock",
		"s3:ListAccessPoints", "s3:ListJobs", "s3:CreateJob", "s3:ListStorageLensConfigurations":
		return true
	}
	return f.EventName != "" // a record names the bucket if there is one
}

// who names the caller as people do.
func (f *facts) who() string {
	switch name := lastPart(f.Principal); {
	case f.Principal == "" || f.Principal == "unknown":
		return "the caller"
	case f.PrincipalType == "role", f.PrincipalType == "user":
		return f.PrincipalType + " " + text(lastPart(identity.Key(f.Principal)))
	case f.PrincipalType == "federated-user":
		return "federated user " + text(name)
	case f.PrincipalType == "root":
		return "the root user" + ofAccount(f.account())
	case f.PrincipalType == "service":
		return "the AWS service " + text(f.Principal)
	case f.PrincipalType == "anonymous":
		return "an anonymous caller"
	case f.PrincipalType == "account":
		return "an identity" + ofAccount(f.account())
	}
	if !strings.ContainsFunc(f.Principal, isLetter) { // masked: "…"
		return "the caller"
	}
	return text(f.Principal)
}

func isLetter(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// resource names what was asked for.
func (f *facts) resource() string {
	switch {
	case f.Resource != "":
		return text(f.Resource)
	case f.Bucket != "":
		return f.bucket()
	case f.isAccountLevel():
		return `"*"` // as a policy writes it
	}
	return "the resource"
}

func (f *facts) bucket() string {
	if f.Bucket == "" {
		return "the bucket"
	}
	return "bucket " + text(f.Bucket)
}

// key returns the object's key, as far as the resource names one.
func (f *facts) key() string {
	_, path, ok := strings.Cut(f.Resource, ":::")
	if !ok {
		return ""
	}
	_, key, _ := strings.Cut(path, "/")
	return key
}

// kmsKey returns the ARN or id of the KMS key, if the message names it.
func (f *facts) kmsKey() string {
	if !f.isKMS() || strings.Contains(f.Resource, ":s3:") {
		return ""
	}
	return f.Resource
}

// keyAccount returns the account that the KMS key is in: most often it is the
// bucket's.
func (f *facts) keyAccount() string {
	if account := identity.AccountOf(f.kmsKey()); account != "" {
		return account
	}
	return f.BucketAccount
}

// keyRegion returns the Region that the KMS key is in, where its ARN is known.
func (f *facts) keyRegion() string {
	if parts := strings.SplitN(f.kmsKey(), ":", 6); len(parts) == 6 {
		return parts[3]
	}
	return ""
}

// isRoleARN says whether the resource is a role, as of sts:AssumeRole.
func (f *facts) isRoleARN() bool { return strings.Contains(f.Resource, ":role/") }

// policyAccount returns the account that holds the policy: of an SCP or RCP, the
// organization's management account.
func (f *facts) policyAccount() string {
	if account := identity.AccountOf(f.PolicyARN); account != "" {
		return "account " + account
	}
	return "the organization's management account"
}

// policy names the policy that refused, by its kind and whose it is.
func (f *facts) policy() string {
	if named, ok := namedPolicies[f.Cause.Policy()]; ok && f.PolicyARN != "" && lastPart(f.PolicyARN) != "" {
		return strings.ReplaceAll(named, "ID", text(lastPart(f.PolicyARN))) + ofWho(f, f.Cause.Policy())
	}
	switch {
	case f.Cause.Policy() == event.SCP:
		return "a service control policy (SCP)" + f.onAccount(f.account())
	case f.Cause.Policy() == event.RCP:
		return "a resource control policy (RCP)" + f.onAccount(f.BucketAccount)
	case f.Cause.Policy() == event.IdentityPolicy:
		return "an identity policy of " + f.who()
	case f.Cause.Policy() == event.Boundary:
		return "the permissions boundary of " + f.who()
	case f.Cause.Policy() == event.SessionPolicy:
		return "the session policy of " + f.who()
	case f.Cause.Policy() == event.EndpointPolicy && f.VPCEndpoint != "":
		return "the policy of VPC endpoint " + text(f.VPCEndpoint)
	case f.Cause.Policy() == event.EndpointPolicy:
		return "the policy of a VPC endpoint"
	case f.Cause.Policy() == event.TrustPolicy && f.isRoleARN():
		return "the trust policy of role " + text(lastPart(f.Resource))
	case f.Cause.Policy() == event.TrustPolicy:
		return "the trust policy of a role"
	case f.isKMS():
		return "the policy of the KMS key"
	case f.Bucket != "":
		return "the bucket policy of " + text(f.Bucket)
	}
	return "the bucket policy"
}

// namedPolicies name a policy by its kind and ID, the last part of its ARN.
var namedPolicies = map[event.Policy]string{
	event.SCP:            "service control policy (SCP) ID",
	event.RCP:            "resource control policy (RCP) ID",
	event.IdentityPolicy: "the identity policy ID",
	event.Boundary:       "the permissions boundary ID",
	event.SessionPolicy:  "the session policy ID",
}

// ofWho says whose a named policy is, for those of a caller.
func ofWho(f *facts, p event.Policy) string {
	if p == event.SCP || p == event.RCP {
		return ""
	}
	return " of " + f.who()
}

func (f *facts) onAccount(account string) string {
	if account == "" {
		return " of the organization"
	}
	return " on account " + text(account)
}

func ofAccount(account string) string {
	if account == "" {
		return ""
	}
	return " of account " + text(account)
}

// lastPart returns what stands last in an ARN: a name or an id.
func lastPart(arn string) string { return arn[strings.LastIndexAny(arn, "/:")+1:] }
