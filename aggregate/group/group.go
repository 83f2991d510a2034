// Package group adds up the denials of each group: one principal, action and bucket.
//
// The files, each using only those before it:
//
//  1. trend.go: what a group's series does, and the changes before it.
//  2. group.go: a group as the result has it.
//  3. origins.go: where the denials of a group came from.
//  4. join.go: which documents denied for which cause of a group.
//  5. series.go, gather.go: a group from its rows.
//  6. all.go: all groups, and the policies that denied them.
package group

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"trail403/aggregate/policy"
	"trail403/aggregate/recovery"
	"trail403/aggregate/rows"
	"trail403/aggregate/statement"
	"trail403/ingest/identity"
)

// ID returns a group's stable id, which is made of the principal without its path,
// the action and the bucket.
func ID(principal, action, bucket string) string {
	sum := sha256.Sum256([]byte(identity.Key(principal) + "\x00" + action + "\x00" + bucket))
	return "g-" + hex.EncodeToString(sum[:])[:12]
}

// Group is all denials with one principal, action and bucket.
type Group struct {
	ID               string // stable between runs, see ID
	Principal        string
	PrincipalType    string
	PrincipalAccount string
	Action           string
	Bucket           string
	BucketAccount    string
	Denials          int
	Recent           int // of them in the recent period
	Presigned        int // of them with a presigned URL
	FromInstance     int // of them with credentials from the metadata of an EC2 instance
	FirstSeen        time.Time
	LastSeen         time.Time
	EventNames       []rows.Count   // by denials descending, then value
	Causes           []policy.Cause // by denials descending, then the other fields
	Series           []Point        // the intervals that are not zero, in order
	Unseen           []time.Time    // UTC days of which something was not seen, in order; shared
	Trend            Trend
	Layers           []policy.Layer // changes of the reason, in order of time
	IncidentID       string         // of the incident that it belongs to, or empty
	From             From
	Keys             []rows.CommonKeys // of objects, by cause and denied action
	KMSKeys          []string          // that its denials name, sorted
	Examples         []Example

	// Statements have to do with its denials, those that deny the most first. Disagrees
	// says how the documents contradict the messages, and is empty if they do not.
	Statements []statement.Statement
	Disagrees  string

	// Denied is its denials in the window, with those that filters and rules leave out.
	Denied recovery.Denied
	// Recovery is what became of its requests, nil unless that was asked for.
	Recovery *recovery.Recovery

	VPCEndpoints []string // whose policies denied requests, sorted
	// BucketKeys are KMSKeys or, where there are none, the only KMS key that the bucket
	// is known to use.
	BucketKeys []string
}

// Point is one interval of a series.
type Point struct {
	Start   time.Time
	Denials int
}

// From says where the denials of a group came from: the most frequent values of
// CloudTrail's fields.
type From struct {
	SourceIPs    rows.Top // addresses, and names of AWS services
	UserAgents   rows.Top // tool and version, see [trail403/aggregate/agent.Short]
	Regions      rows.Top
	VPCEndpoints rows.Top
	KeyPrefixes  rows.Top // of object keys; "" is the top of the bucket
}

// Example is one of a group's earliest denials.
type Example struct {
	EventID   string
	EventTime time.Time
	ErrorCode string
	Message   rows.Message // see Text
	Key       string
	Session   string // the name of the caller's session, which is the id of an EC2 instance, or empty
	SourceIP  string
	UserAgent string
	RequestID string // that S3 gave the request, or empty
	Object    string // the CloudTrail file that holds the record

	Credentials string // their kind, see [event.Context.Kind]
}

// Text returns the error message.
func (e *Example) Text() string { return e.Message.Text(e.Key, e.Session) }

// Compare orders groups by denials descending, then principal, action and bucket.
func Compare(a, b *Group) int {
	return cmp.Or(
		cmp.Compare(b.Denials, a.Denials),
		cmp.Compare(a.Principal, b.Principal),
		cmp.Compare(a.Action, b.Action),
		cmp.Compare(a.Bucket, b.Bucket),
	)
}
