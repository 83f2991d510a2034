// Package event holds what is read out of a trail, as plain values.
package event

import "time"

// Denial is one record in which S3 denied a request. All strings are its own
// memory, free of access key ids, and otherwise as the log has them: hostile.
type Denial struct {
	// EventID, SharedEventID and OriginalEventID tell which records are copies of
	// one event. See
	// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html.
	// Each may be empty.
	EventID         string
	SharedEventID   string
	OriginalEventID string // of the record that this one updates (addendum)

	Time      time.Time // of the event, UTC
	Source    string    // s3.amazonaws.com
	Name      string    // GetObject
	Region    string
	ErrorCode string
	Message   string

	Principal     string // who was denied: an ARN of a role, user or root, or what docs/report-format.md calls it
	PrincipalType string // role, user, root, federated-user, service, account, anonymous, unknown
	CallerAccount string // 12 digits, or empty
	Session       string // name of the caller's session, or empty: of an EC2 instance its id
	CallerARN     string // as the record has it: of the session, not of its role; or empty
	HasARN        bool   // the record itself names the caller by ARN

	Action        string // s3:GetObject
	Bucket        string
	BucketAccount string // 12 digits, or empty
	Behind        string // the bucket behind the access point that Bucket is, where the record has it
	Key           string
	Recipient     string // the account that received this copy

	SourceIP    string
	UserAgent   string
	VPCEndpoint string
	KMSKey      string // ARN of the KMS key that denied the request, where the record names it

	Cause        Cause
	DeniedAction string // the action that the message names
	PolicyARN    string
	WhyNotTold   string // one of denial.Why…, only with the cause not-told

	RequestID string  // that S3 gave the request, or empty
	Context   Context // what else the record shows of the request

	// Fingerprint is a hash of the record's text. It orders copies of an event
	// that are alike in all else, and shows whether a record that is read again is
	// still the same.
	Fingerprint uint64
	// Place is where the record was read. It is empty for one from elsewhere.
	Place Place
}

// KeyUse says that objects of a bucket are encrypted with a KMS key, by its ARN.
type KeyUse struct{ Bucket, Key string }
