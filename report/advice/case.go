package advice

import (
	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// A Case is what is known about one denial. All texts can be hostile, and every
// field but Cause can be empty.
type Case struct {
	Cause      event.Cause
	WhyNotTold string // one of Whys, only with the cause not-told
	PolicyARN  string // of the policy that denied the request
	Code       string // the error code, only with the cause not-authorization
	RequestID  string // that a pasted text shows, where there is no record

	Principal     string // as event.Denial has it
	PrincipalType string
	CallerAccount string

	Action        string // s3:GetObject
	DeniedAction  string // the action that the message names
	Resource      string // usually an ARN
	Bucket        string
	BucketAccount string
	Behind        string // the bucket behind the access point that Bucket is
	VPCEndpoint   string // vpce-…

	// Statement is the statement of a policy document that has to do with the denials, nil if
	// it is not known. Lost says that it is an Allow which a change took away.
	Statement *aggregate.Statement
	Lost      bool

	// FromRecord says that there is a CloudTrail record of the request, and not only
	// an error message. A record names the bucket if there is one.
	FromRecord bool
	// ReadsObject says whether the request reads an object (GetObject or HeadObject).
	// If it does, the object may just be missing.
	ReadsObject Answer
	// SetsACL says that the request asks for an ACL (x-amz-acl).
	SetsACL bool
	// OwnTrail says that the record is from the trail of the caller's account.
	OwnTrail bool
	// Probing says that the denial is one of many that a role or user gets while it
	// tries what it can reach.
	Probing bool
}

// An Answer is the answer to a question that a case cannot always answer.
type Answer int

// The zero value means that the answer is not known.
const (
	Maybe Answer = iota
	No
	Yes
)

// AnswerOf returns Yes or No.
func AnswerOf(b bool) Answer {
	if b {
		return Yes
	}
	return No
}

// ReadsObject says whether a call, by the name of its event, reads an object.
func ReadsObject(eventName string) bool {
	return eventName == "GetObject" || eventName == "HeadObject"
}

// Whys returns every value of Case.WhyNotTold, in the order in which they are
// looked for.
func Whys() []string {
	return []string{
		denial.WhyAnonymous, denial.WhyDirectoryBucket, denial.WhyAWSService,
		denial.WhyOtherAccount, denial.WhyBeforeRollout, denial.WhyUnknown,
	}
}
