package finding

import (
	"cmp"
	"time"

	"trail403/aggregate/group"
	"trail403/ingest/event"
)

// Pattern says what kind of thing an incident is.
type Pattern string

const (
	BucketPolicy       Pattern = "bucket-policy"       // of one bucket
	OrganizationPolicy Pattern = "organization-policy" // one SCP or RCP
	Identity           Pattern = "identity"            // policies of one principal
	Key                Pattern = "key"                 // a KMS key
	Endpoint           Pattern = "endpoint"            // a VPC endpoint
	ServiceDelivery    Pattern = "service-delivery"    // AWS services that deliver
	Enumeration        Pattern = "enumeration"         // one principal probes many buckets in a short time
	Other              Pattern = "other"
)

// Incident is a set of groups that began or jumped together and share what
// explains them. A group belongs to one at most.
type Incident struct {
	ID      string // stable while what it shares and its onset are
	Pattern Pattern
	Onset   time.Time // the first denial of the new level
	// OnsetLow and OnsetHigh are between which times the onset lies as far as the
	// denials tell. They are equal where nobody had been refused before.
	OnsetLow, OnsetHigh time.Time
	LastSeen            time.Time // the last denial of its groups
	Shared              Shared
	Groups              []string // ids, in the order of Result.Groups
	Denials             int      // of the groups, from the onset on
	Principals, Buckets int
	Matching            int // how many of its groups filters and rules leave
	// Changes could have caused its denials and came before the onset: what explains
	// it first, then by nearness. Certainty says how sure the first one is.
	Changes   []group.Link
	Certainty Certainty
	After     []group.Link // at or after the last denial, in order of time
}

// Certainty says how sure it is that a change caused an incident.
type Certainty string

const (
	Proven   Certainty = "proven"   // a statement of the policy refuses the requests
	Probable Certainty = "probable" // few denials would come as close to it by chance
	Possible Certainty = "possible" // it came before, and could have caused them
)

// Shared is what the groups of an incident share and what explains them; what
// they do not share is empty.
type Shared struct {
	PolicyARN     string
	KMSKey        string
	VPCEndpoint   string
	Principal     string
	Account       string // of the principals
	Bucket        string
	BucketAccount string // of the buckets
	Cause         event.Cause
}

// compareIncidents orders incidents: those with a change before them first, since
// the reader can do something; then by denials, the most first.
func compareIncidents(a, b Incident) int {
	return cmp.Or(cmp.Compare(min(len(b.Changes), 1), min(len(a.Changes), 1)), cmp.Compare(b.Denials, a.Denials), a.Onset.Compare(b.Onset), cmp.Compare(a.ID, b.ID))
}
