package event

import "time"

// FromAWS stands for the name of a file in snapshots that AWS answered with. No file has
// this name, because a path that ends in a slash names a folder.
const FromAWS = "AWS/"

// Reading is what AWS answered about policies.
type Reading struct {
	At    time.Time // when it began
	Calls int       // requests to AWS, with repeated ones
	// Documents is how many documents were read.
	Documents int
	Snapshots []Snapshot
	Settings  []BucketSettings
	// Failures are what could not be read, and Notes are answers that are no policies: what
	// does not exist, and documents that nobody can read. MoreFailures are not listed.
	Failures     []Unread
	MoreFailures int
	Notes        []Unread
}

// IsComplete says whether nothing failed. It is true of nil: AWS was not asked.
func (r *Reading) IsComplete() bool { return r == nil || len(r.Failures) == 0 }

// Unread says what was not read, why, and what to do.
type Unread struct {
	Call string // the permission that it needs: iam:GetRole; or empty
	Of   Target // hostile; empty if it is about an account
	// Account is where it is: 12 digits, or empty.
	Account string
	Why     string // hostile
	Hint    string // or empty
}

// BucketSettings are what decides about a bucket beside its policy.
type BucketSettings struct {
	Bucket, Account string
	// Blocked are the settings of S3 Block Public Access that are on, by their names in the
	// API, and BlockedByAccount are those of the account. HasBlocks and HasAccountBlocks
	// say whether they were read.
	Blocked, BlockedByAccount   []string
	HasBlocks, HasAccountBlocks bool
	// Ownership is the setting of S3 Object Ownership. Buckets without one have ObjectWriter.
	Ownership string
	// Grants are those of the ACL: who, and the permission. HasGrants says whether it was read.
	Grants    []string
	HasGrants bool
}
