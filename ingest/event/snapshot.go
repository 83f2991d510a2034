package event

import "time"

// Snapshot is what a file says about policies, all at one time. Texts are as they are
// in a [Document].
type Snapshot struct {
	File string // its name
	Time time.Time
	Told bool // the time is in the file, and not that of the file

	Documents []Document
	Links     []Link
	// Complete are the roles, users and groups of which the snapshot has all links and
	// the names of all inline policies.
	Complete []Target
}

// Link says that a policy or group was linked to a role, user or group.
type Link struct {
	Of Target
	Relation
	To Target
}

// A Relation says how a thing is linked to a policy or group.
type Relation string

const (
	Attached Relation = "attached" // a managed policy
	Bounded  Relation = "bounded"  // by a managed policy as permissions boundary
	Member   Relation = "member"   // of a group
)
