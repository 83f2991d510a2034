package advice

import (
	"strings"
	"trail403/ingest/event"
)

// An entry is the advice for one cause. Its texts hold placeholders such as
// {who} and {BUCKET}; see facts.value.
type entry struct {
	refused string
	meaning string
	owner   event.Owner
	fixer   string // whose it is to fix, in words; "" stands for ownerTexts
	steps   []step
	check   string // "" stands for repeat
	alarm   bool

	// aboutKey says that the entry speaks of a KMS key already.
	aboutKey bool
	// harmless says that no step widens access, so that it holds for strangers.
	harmless bool
}

const (
	repeat = "Repeat the call{as who}. S3 names one refusal at a time: if it names another one then, this one is solved."

	notTheBucket = "Leave the bucket policy alone: {action} is a permission on the KMS key that encrypts the data."
)

var ownerTexts = map[event.Owner]string{
	event.OwnerIdentity:     "whoever manages the policies of {who}",
	event.OwnerBucket:       "the owner of {bucket}{of bucket account}",
	event.OwnerKey:          "the owner of the KMS key",
	event.OwnerNetwork:      "the owner of the VPC endpoint (the network's people)",
	event.OwnerOrganization: "the administrators of the AWS organization",
	event.OwnerCaller:       "whoever makes the call",
	event.OwnerNobody:       "nobody: there may be nothing to fix",
	event.OwnerUnknown:      "not known: the text does not say which policy refused",
}

// A step is one thing to do. One that depends on a condition is left out where
// that does not hold, and names it where it may hold.
type step struct {
	text string
	when *condition
}

func (s step) holds(f *facts) answer {
	switch {
	case s.when == nil:
		return yes
	case f.general && s.when.label == "":
		return yes
	case f.general:
		return maybe
	}
	return s.when.holds(f)
}

type answer int

const (
	no answer = iota
	maybe
	yes
)

func answerOf(b bool) answer {
	if b {
		return yes
	}
	return no
}

// A condition is something that a case can tell. Its label continues "If "; with
// none the step stands without it in general.
type condition struct {
	label string
	holds func(f *facts) answer
}

var (
	named = &condition{"the message names the policy", func(f *facts) answer {
		return answerOf(f.PolicyARN != "")
	}}
	unnamed = &condition{"the message names no policy", func(f *facts) answer {
		return answerOf(f.PolicyARN == "")
	}}
	onBucket = &condition{"", func(f *facts) answer {
		return answerOf(!f.isAccountLevel())
	}}
	onAccount = &condition{"the call is on no bucket, such as ListBuckets", func(f *facts) answer {
		return answerOf(f.isAccountLevel())
	}}
	messageOnly = &condition{"only the message is at hand", func(f *facts) answer {
		return answerOf(f.EventName == "")
	}}
	// S3 tells 404 from 403 only to callers that may list the bucket.
	// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
	perhapsNoKey = &condition{"GetObject or HeadObject was refused for want of s3:ListBucket", func(f *facts) answer {
		switch {
		case f.DeniedAction != "s3:ListBucket":
			return no
		case f.EventName == "GetObject" || f.EventName == "HeadObject":
			return yes
		case f.EventName == "":
			return maybe
		}
		return no
	}}
	perhapsOtherKeyAccount = &condition{"the key is in another account", func(f *facts) answer {
		if f.account() == "" || f.keyAccount() == "" {
			return maybe
		}
		return answerOf(f.account() != f.keyAccount())
	}}
	isOtherAccount = &condition{"the bucket is in another account", func(f *facts) answer {
		return answerOf(f.isOtherAccount())
	}}
	// A bare message does not tell whose bucket it is.
	perhapsOtherAccount = &condition{"the bucket is in another account", func(f *facts) answer {
		if f.account() == "" || f.BucketAccount == "" {
			return maybe
		}
		return answerOf(f.isOtherAccount())
	}}
	// https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
	isSSO = &condition{"the role is one of IAM Identity Center (AWSReservedSSO_…)", func(f *facts) answer {
		return answerOf(f.permissionSet() != "")
	}}
	notSSO = &condition{"it is another role or a user", func(f *facts) answer {
		return answerOf(f.permissionSet() == "")
	}}
	isUser  = &condition{"it is a user", func(f *facts) answer { return answerOf(f.PrincipalType == "user") }}
	isRole  = &condition{"it is a role", func(f *facts) answer { return answerOf(f.PrincipalType == "role") }}
	isOther = &condition{"it is neither", func(f *facts) answer { return answerOf(f.PrincipalType != "user" && f.PrincipalType != "role") }}
	// The root user of the bucket's account may always do these three.
	// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
	lockedOut = &condition{"the bucket policy itself cannot be reached any more", func(f *facts) answer {
		switch f.denied() {
		case "s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy":
			return yes
		}
		return no
	}}
	endpointKnown = &condition{"the record names the endpoint", func(f *facts) answer {
		return answerOf(f.VPCEndpoint != "")
	}}
	endpointUnknown = &condition{"the endpoint is not known", func(f *facts) answer {
		return answerOf(f.VPCEndpoint == "")
	}}
	keyUnknown = &condition{"the message names no key", func(f *facts) answer {
		return answerOf(f.kmsKey() == "")
	}}
	// S3 Access Grants takes the role of a location in the caller's place.
	grantsRole = &condition{"Access Grants could not take the role of the location (sts:AssumeRole)", func(f *facts) answer {
		return answerOf(strings.HasPrefix(f.DeniedAction, "sts:"))
	}}
	noGrant = &condition{"no grant fits", func(f *facts) answer {
		return answerOf(!strings.HasPrefix(f.DeniedAction, "sts:"))
	}}
)
