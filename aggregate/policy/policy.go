package policy

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// Policy is what to open, and perhaps to change, to end denials: the policy that AWS
// names, or else the place where the policy is. Each denial belongs to one policy, so
// that their denials add up to those of the result.
//
// Several policies can be ways in which one document denies requests, such as a Deny in
// a bucket policy and a missing Allow in it. A document that has only one is that
// Policy; one with several is a Policy that adds them up.
type Policy struct {
	ARN string // of the policy, where AWS names it; Bucket, Principal and VPCEndpoint are empty then
	// Causes are the ways in which it denies requests, by denials descending, then
	// name. Cause is the first.
	Cause      event.Cause
	Causes     []rows.Count
	WhyNotTold string // only for the cause not-told
	Owner      event.Owner
	Bucket     string // if the owner is the bucket or the key
	Principal  string // if the owner is the identity
	// VPCEndpoint is set if the owner is the network. KMSKey is the ARN of the key if
	// the denials name exactly one.
	VPCEndpoint string
	KMSKey      string

	Denials, Recent     int // Recent of them in the recent period, see Result
	Principals, Buckets int
	FirstSeen, LastSeen time.Time

	PrincipalType string   // of all principals, or empty
	Who           rows.Top // the principals that it denies
	Where         rows.Top // buckets
	Actions       rows.Top
}

// Cause is how often a group was denied in one way.
type Cause struct {
	Cause        event.Cause
	DeniedAction string
	PolicyARN    string
	WhyNotTold   string
	Denials      int
	// Documents are the documents of the result that denied the group, in their order.
	// There are several only if the policies of several VPC endpoints did.
	Documents []*Policy
}

// Refuses says whether the policy, which is one of the result's documents, denied
// requests for the cause.
func (p *Policy) Refuses(c *Cause) bool { return slices.Contains(c.Documents, p) }

func comparePolicies(a, b *Policy) int {
	return cmp.Or(
		cmp.Compare(b.Denials, a.Denials),
		cmp.Compare(a.ARN, b.ARN),
		cmp.Compare(a.Cause, b.Cause),
		cmp.Compare(a.Bucket, b.Bucket),
		cmp.Compare(a.Principal, b.Principal),
		cmp.Compare(a.VPCEndpoint, b.VPCEndpoint),
		cmp.Compare(a.WhyNotTold, b.WhyNotTold),
		cmp.Compare(a.Owner, b.Owner),
	)
}
