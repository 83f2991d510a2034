package finding

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/group"
	"trail403/aggregate/rows"
	"trail403/aggregate/statement"
	"trail403/ingest/event"
)

// Pattern says what kind of incident it is.
type Pattern string

const (
	BucketPolicy       Pattern = "bucket-policy"       // of one bucket
	OrganizationPolicy Pattern = "organization-policy" // one SCP or RCP
	Identity           Pattern = "identity"            // policies of one principal
	Key                Pattern = "key"                 // a KMS key
	Endpoint           Pattern = "endpoint"            // a VPC endpoint
	ServiceDelivery    Pattern = "service-delivery"    // AWS services that deliver
	Enumeration        Pattern = "enumeration"         // one principal tries many buckets in a short time
	Other              Pattern = "other"
)

// Incident is a set of groups that started or spiked together for one reason. A group
// belongs to one incident at most.
type Incident struct {
	ID      string // stays the same as long as what the groups share and the onset do
	Pattern Pattern
	Onset   time.Time // the first denial of the new level
	// OnsetLow and OnsetHigh are the times between which the onset lies, as far as the
	// denials show it. They are equal if nobody was denied before.
	OnsetLow, OnsetHigh time.Time
	LastSeen            time.Time // the last denial of its groups
	Shared              Shared
	Cause               event.Cause // with the most denials since the onset
	Groups              []string    // group ids, in the order of Result.Groups
	Denials             int         // of the groups, since the onset
	Principals, Buckets int
	Matching            int // how many of its groups the filters and rules leave
	// Changes came before the onset and could have caused its denials. The one that
	// explains it comes first, then the nearest. Certainty says how sure the first one
	// is.
	Changes   []group.Link
	Certainty Certainty
	// Proof is the statement of the first change that denies the requests, nil if none is
	// known.
	Proof *statement.Proof
	After []group.Link // at or after the last denial, in order of time
}

// Certainty says how sure it is that a change caused an incident.
type Certainty string

const (
	Proven   Certainty = "proven"   // a statement of the policy denies the requests
	Probable Certainty = "probable" // by chance, few denials would come this soon after it
	Possible Certainty = "possible" // it came before, and could have caused them
)

// Shared is what the groups of an incident have in common and what explains them. What
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

// Restrict makes the incident one of some groups, which hold only a part of their
// denials. members are the numbers of its groups, and all has the rows of the groups.
func (in *Incident) Restrict(groups []group.Group, members []int, all *rows.Groups) {
	in.setGroups(groups, members)
	in.Denials = 0
	onset := in.Onset.UnixMicro()
	for _, n := range members {
		for r := range all.Rows(n) {
			if r.Micros >= onset {
				in.Denials++
			}
		}
	}
}

// setGroups sets the groups of the incident, and what follows from them. It sorts the
// members, which are their numbers.
func (in *Incident) setGroups(groups []group.Group, members []int) {
	slices.SortFunc(members, func(a, b int) int { return group.Compare(&groups[a], &groups[b]) })
	in.Groups, in.LastSeen = nil, time.Time{}
	principals, buckets := map[string]bool{}, map[string]bool{}
	for _, n := range members {
		g := &groups[n]
		in.Groups = append(in.Groups, g.ID)
		principals[g.Principal] = true
		if g.Bucket != "" {
			buckets[g.Bucket] = true
		}
		if g.LastSeen.After(in.LastSeen) {
			in.LastSeen = g.LastSeen
		}
	}
	in.Principals, in.Buckets, in.Matching = len(principals), len(buckets), len(in.Groups)
}

// Sort puts incidents in the order of a result.
func Sort(list []Incident) { slices.SortFunc(list, compareIncidents) }

// compareIncidents orders incidents. Those with a change before them come first,
// because the reader can act on them. Then come those with the most denials.
func compareIncidents(a, b Incident) int {
	return cmp.Or(cmp.Compare(min(len(b.Changes), 1), min(len(a.Changes), 1)), cmp.Compare(b.Denials, a.Denials), a.Onset.Compare(b.Onset), cmp.Compare(a.ID, b.ID))
}
