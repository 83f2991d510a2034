package advice

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// ofCaller returns the entry for callers whose policies nobody can change in IAM, or
// who are the readers themselves.
func ofCaller(f *facts) (entry, bool) {
	switch {
	case f.general:
		return entry{}, false
	case f.isCloudFront() && (f.Cause.OfCaller() || f.Cause == event.ResourceImplicit || f.Cause == event.NotTold):
		return cloudFront, true
	case f.isServiceLinked() && f.Cause.OfCaller():
		return serviceLinked, true
	}
	return entry{}, false
}

// isServiceLinked says whether the caller is a role that belongs to an AWS service.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
func (f *facts) isServiceLinked() bool {
	return f.PrincipalType == "role" && (strings.Contains(f.Principal, ":role/aws-service-role/") ||
		strings.HasPrefix(arn.Last(f.Principal), "AWSServiceRoleFor"))
}

// isCloudFront says whether the caller is an origin access identity.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
func (f *facts) isCloudFront() bool {
	return strings.Contains(f.Principal, ":iam::cloudfront:") || strings.Contains(f.Principal, "CloudFront Origin Access Identity")
}

// isOwnCall says whether the reader of the record is the caller: the record comes
// from the trail of the caller's account, and the bucket is elsewhere.
func (f *facts) isOwnCall() bool { return f.OwnTrail && f.WhyNotTold == denial.WhyOtherAccount }

var serviceLinked = entry{
	reason:  "the policies of {who}, a service-linked role",
	meaning: "{The who} belongs to an AWS service. Its policies cannot be changed in IAM. That service defines what the role can do, and {action} on this resource is not part of it.",
	fixer:   "whoever configures the AWS service that owns the role",
	steps: []step{
		{text: "Find the service from the name of the role, and check its settings: the bucket, the prefix and the features that are turned on."},
		{text: "Check that the role is current. After a feature is added, some services need to be set up again to update their role: `aws iam get-role --role-name {NAME}`"},
		{text: "Read the policy on the side of the bucket, which may have to let the service in, as its documentation says: {READ_POLICY}"},
		{text: "If the service only tries what it could do, such as a scan of all buckets, there is nothing to fix."},
	},
}

var cloudFront = entry{
	reason:  "no statement in {bucket policy} allows CloudFront to read",
	meaning: "The caller is an origin access identity of CloudFront. It has no identity policies, so only {bucket policy} (or an ACL of the object) can let it read. A missing object has the same answer, unless s3:ListBucket is allowed too.",
	owner:   event.OwnerBucket,
	steps: []step{
		{text: "Check that the object exists, under exactly this key, and that the origin path of the distribution is right."},
		{text: "Read the policy: {READ_POLICY}. It must allow s3:GetObject on the objects for this identity."},
		{text: "If objects are encrypted with a KMS key, use origin access control (OAC) instead. An origin access identity cannot read them."},
		{text: "Prefer origin access control for what is new. Its caller is the service cloudfront.amazonaws.com."},
	},
}

// ownCall is for records in the trail of the caller's account.
var ownCall = entry{
	reason:  untoldReason,
	meaning: "The record is from the trail of the caller's own account, so the caller is one of yours, and the bucket belongs to another account. S3 reports no reason to callers outside the organization.",
	owner:   event.OwnerBucket,
	steps: []step{
		{text: "Check the name of the bucket. Bucket names are global, so a mistyped or deleted one may belong to somebody else: `aws s3api head-bucket --bucket {BUCKET} --expected-bucket-owner OWNER_ACCOUNT_ID`"},
		{text: "If the requester pays on that bucket, send the header for it: `--request-payer requester`"},
		{text: "If the bucket is the right one, ask its owner{of bucket account}, with the ARN of the caller and the request ID."},
		{text: "Read the identity policies of {it} too. Across accounts, both sides decide: " + listPolicies},
	},
	check: foreignCheck,
}
