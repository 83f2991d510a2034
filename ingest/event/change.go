package event

import "time"

// Change is one successful call that altered who may do what. All strings are
// its own memory, free of access key ids, and otherwise as the log has them:
// hostile. Its copies are recognized as those of a [Denial] are.
type Change struct {
	EventID         string
	SharedEventID   string
	OriginalEventID string // of the record that this one updates (addendum)

	Time   time.Time // of the event, UTC
	Source string    // s3.amazonaws.com
	Name   string    // PutBucketPolicy
	Region string

	Actor        string // who called, by the rules for the principal of a denial
	ActorType    string // role, user, root, federated-user, service, account, anonymous, unknown
	ActorAccount string // 12 digits, or empty
	Session      string // name of the actor's session, or empty: often the person who uses a role
	HasARN       bool   // the record itself names the caller by ARN
	Account      string // that received this copy: where the change was made
	SourceIP     string // or the name of the service that called on the actor's behalf
	UserAgent    string

	// Targets are what the call touched, the main one first, each once. There are
	// none if the record does not tell. The slice is the change's own.
	Targets []Target
	// Documents are the policy documents that the call set or removed. Most calls have
	// none.
	Documents []Document

	// Fingerprint is a hash of the record's text. It orders copies of an event
	// that are alike in all else.
	Fingerprint uint64
}
