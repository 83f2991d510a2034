package suggest

import (
	"strings"

	"trail403/aggregate/amendment"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/report/advice"
)

// Kind says which kind of policy lacks an Allow.
type Kind string

const (
	Identity Kind = "identity" // of a role or user
	Boundary Kind = "boundary" // the permissions boundary of one
	Session  Kind = "session"  // the policy with which its sessions are started
	SCP      Kind = "scp"      // at a level above its account
	Bucket   Kind = "bucket"
	Key      Kind = "key" // of a KMS key
	Endpoint Kind = "endpoint"
)

// kinds is the order of a principal's policies. Its own come first.
var kinds = []Kind{Identity, Boundary, Session, SCP, Bucket, Key, Endpoint}

// Policy is what to change about the policies of one kind at one place: statements that
// exist, and a document to attach, or to merge into an existing policy.
type Policy struct {
	Kind       Kind
	Target     string // what it is attached to: ARN of the principal or key, account, bucket, endpoint
	Attach     string // the same in words
	Denials    int
	Edits      []Edit
	Document   Document // without statements if the edits are all that is needed
	InDocument int      // denials that the document is about
	Notes      []string // can name what a log contains
	// Simulation is nil if it is not known what the denials were requests for.
	Simulation *amendment.Simulation
}

// Blocker is a Deny statement that blocks requests, by what is known about it.
type Blocker struct {
	Cause             event.Cause
	PolicyARN, Bucket string
}

// Deny is a Blocker, with the denials because of it.
type Deny struct {
	Blocker
	Denials int
	// Exceptions are the narrowest exceptions to the statements that are known. Whether there
	// should be one is a question.
	Exceptions []*amendment.Exception
}

// place is where a policy is attached.
type place struct {
	kind   Kind
	target string
}

// attachWords say where a policy is attached.
var attachWords = map[Kind]func(target, principal string) string{
	Identity: func(_, principal string) string {
		if set := PermissionSet(principal); set != "" {
			return "the permission set " + set + " in IAM Identity Center, which creates " + nameOf(principal)
		}
		return "an identity policy of " + nameOf(principal)
	},
	Boundary: func(_, principal string) string { return "the permissions boundary of " + nameOf(principal) },
	Session:  func(_, principal string) string { return "the session policy of " + nameOf(principal) },
	SCP:      func(account, _ string) string { return "a service control policy above account " + account },
	Bucket:   func(bucket, _ string) string { return "the bucket policy of " + bucket },
	Key:      func(key, _ string) string { return "the key policy of " + key },
	Endpoint: func(endpoint, _ string) string { return "the policy of VPC endpoint " + endpoint },
}

// nameOf names a role or user and its account.
func nameOf(principal string) string {
	name := principal[strings.LastIndexByte(principal, '/')+1:]
	return "the " + name + " " + identity.TypeOf(principal) + " (account " + identity.AccountOf(principal) + ")"
}

// PermissionSet returns the permission set of IAM Identity Center from which a
// role comes, or "".
func PermissionSet(principal string) string { return advice.PermissionSet(principal) }
