package advice

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// facts are a case, and what its names tell. With general set there is no case
// but a cause.
type facts struct {
	Case
	general bool
}

// denied returns the action that was denied, by the message first.
func (f *facts) denied() string {
	switch {
	case f.DeniedAction != "":
		return f.DeniedAction
	case f.Cause == event.KMSKey:
		return "kms:Decrypt" // the old text of KMS, about a ciphertext, names none
	}
	return f.Action
}

// mayBeMissing says whether the request was denied only because the object does
// not exist. S3 checks s3:ListBucket for a read when there is no object.
func (f *facts) mayBeMissing() Answer {
	switch {
	case f.Cause.Effect() != event.Implicit, f.Cause.Policy() == event.TrustPolicy:
		return No
	case f.general:
		return Maybe
	case f.DeniedAction != "s3:ListBucket":
		return No
	}
	return f.ReadsObject
}

// isOtherAccount says whether the caller is known to be from another account than
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
	return arn.Last(identity.Key(f.Principal))
}

func (f *facts) permissionSet() string { return PermissionSet(f.name()) }

// PermissionSet returns the permission set of IAM Identity Center from which a
// role comes (AWSReservedSSO_NAME_0123456789abcdef), or "". Nobody can edit such
// a role.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
func PermissionSet(role string) string {
	name, ok := strings.CutPrefix(arn.Last(role), "AWSReservedSSO_")
	if i := strings.LastIndexByte(name, '_'); ok && i > 0 {
		return name[:i]
	}
	return ""
}

// accountActions are actions for no bucket.
var accountActions = map[string]bool{
	"s3:ListAllMyBuckets": true, "s3:GetAccountPublicAccessBlock": true, "s3:PutAccountPublicAccessBlock": true,
	"s3:ListAccessPoints": true, "s3:ListJobs": true, "s3:CreateJob": true, "s3:ListStorageLensConfigurations": true,
}

// isAccountLevel says whether the request is for no bucket at all.
func (f *facts) isAccountLevel() bool {
	if f.Bucket != "" || f.Resource != "" || f.general {
		return false
	}
	return f.FromRecord || accountActions[f.denied()]
}

// key returns the key of the object, as far as the resource names one.
func (f *facts) key() string {
	_, path, ok := strings.Cut(f.Resource, ":::")
	if !ok {
		return ""
	}
	_, key, _ := strings.Cut(path, "/")
	return key
}

// kmsKey returns the ARN or ID of the KMS key, if the message names it.
func (f *facts) kmsKey() string {
	if !event.IsKMS(f.DeniedAction) || strings.Contains(f.Resource, ":s3:") {
		return ""
	}
	return f.Resource
}

// keyAccount returns the account of the KMS key, which is usually the bucket's.
func (f *facts) keyAccount() string {
	if account := identity.AccountOf(f.kmsKey()); account != "" {
		return account
	}
	return f.BucketAccount
}

// keyRegion returns the Region of the KMS key, if its ARN is known.
func (f *facts) keyRegion() string {
	if parts := strings.SplitN(f.kmsKey(), ":", 6); len(parts) == 6 {
		return parts[3]
	}
	return ""
}

// policyARN returns the ARN of the policy that the message or the statement names.
func (f *facts) policyARN() string {
	if f.PolicyARN == "" && f.Statement != nil && arn.Valid(f.Statement.Name) {
		return f.Statement.Name
	}
	return f.PolicyARN
}

// isRoleARN says whether the resource is a role, as of sts:AssumeRole.
func (f *facts) isRoleARN() bool { return strings.Contains(f.Resource, ":role/") }

// assumedRole returns the name of the role that is the resource, or "".
func (f *facts) assumedRole() string {
	if !f.isRoleARN() {
		return ""
	}
	return arn.Last(f.Resource)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
