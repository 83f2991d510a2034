package advice

import "strings"

// A condition is something that a case can tell. Its label continues "If ". A
// step with a condition without a label is part of the general advice as it is.
type condition struct {
	label string
	holds func(f *facts) Answer
}

var (
	hasBehind = &condition{"there is a bucket behind it", func(f *facts) Answer {
		return AnswerOf(f.thing().behind)
	}}
	isThing = &condition{"the request names an access point, a table bucket or a vector bucket", func(f *facts) Answer {
		return AnswerOf(f.thing().kind != "")
	}}
	onOrdinary = &condition{"", func(f *facts) Answer {
		t := f.thing()
		return AnswerOf(!f.isAccountLevel() && (t.kind == "" || t.behind))
	}}
	setsACL = &condition{"the request asks for an ACL (x-amz-acl)", func(f *facts) Answer {
		return AnswerOf(f.SetsACL)
	}}
	onHead = &condition{"the request is HeadObject or GetObject", func(f *facts) Answer {
		return AnswerOf(f.ReadsObject == Yes)
	}}
	isService = &condition{"the caller is an AWS service", func(f *facts) Answer {
		return AnswerOf(f.PrincipalType == "service")
	}}
	named = &condition{"the message names the policy", func(f *facts) Answer {
		return AnswerOf(f.PolicyARN != "")
	}}
	unnamed = &condition{"the message names no policy", func(f *facts) Answer {
		return AnswerOf(f.PolicyARN == "")
	}}
	onBucket = &condition{"", func(f *facts) Answer {
		return AnswerOf(!f.isAccountLevel())
	}}
	onAccount = &condition{"the request is for no bucket, such as ListBuckets", func(f *facts) Answer {
		return AnswerOf(f.isAccountLevel())
	}}
	messageOnly = &condition{"you have only the message", func(f *facts) Answer {
		return AnswerOf(!f.FromRecord)
	}}
	mayBeMissing = &condition{"GetObject or HeadObject was denied because no policy allows s3:ListBucket", func(f *facts) Answer {
		return f.mayBeMissing()
	}}
	perhapsOtherKeyAccount = &condition{"the key is in another account", func(f *facts) Answer {
		if f.account() == "" || f.keyAccount() == "" {
			return Maybe
		}
		return AnswerOf(f.account() != f.keyAccount())
	}}
	isOtherAccount = &condition{"the bucket is in another account", func(f *facts) Answer {
		return AnswerOf(f.isOtherAccount())
	}}
	// A message alone does not tell which account owns the bucket.
	perhapsOtherAccount = &condition{"the bucket is in another account", func(f *facts) Answer {
		if f.account() == "" || f.BucketAccount == "" {
			return Maybe
		}
		return AnswerOf(f.isOtherAccount())
	}}
	// https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
	isSSO = &condition{"the role comes from IAM Identity Center (AWSReservedSSO_…)", func(f *facts) Answer {
		return AnswerOf(f.permissionSet() != "")
	}}
	notSSO = &condition{"the caller is another role or a user", func(f *facts) Answer {
		return AnswerOf(f.permissionSet() == "")
	}}
	isUser = &condition{"the caller is a user", func(f *facts) Answer {
		return AnswerOf(f.PrincipalType == "user")
	}}
	isRole = &condition{"the caller is a role", func(f *facts) Answer {
		return AnswerOf(f.PrincipalType == "role")
	}}
	isOther = &condition{"the caller is neither", func(f *facts) Answer {
		return AnswerOf(f.PrincipalType != "user" && f.PrincipalType != "role")
	}}
	// The root user of the bucket's account can always make these three calls.
	// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
	lockedOut = &condition{"nobody can change the bucket policy any more", func(f *facts) Answer {
		switch f.denied() {
		case "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy":
			return Maybe
		}
		return No
	}}
	endpointKnown = &condition{"the record names the endpoint", func(f *facts) Answer {
		return AnswerOf(f.VPCEndpoint != "")
	}}
	endpointUnknown = &condition{"the endpoint is not known", func(f *facts) Answer {
		return AnswerOf(f.VPCEndpoint == "")
	}}
	keyUnknown = &condition{"the message names no key", func(f *facts) Answer {
		return AnswerOf(f.kmsKey() == "")
	}}
	// S3 Access Grants assumes the role of a location in the caller's place.
	grantsRole = &condition{"Access Grants could not assume the role of the location (sts:AssumeRole)", func(f *facts) Answer {
		return AnswerOf(strings.HasPrefix(f.DeniedAction, "sts:"))
	}}
	noGrant = &condition{"no grant matches", func(f *facts) Answer {
		return AnswerOf(!strings.HasPrefix(f.DeniedAction, "sts:"))
	}}
)
