package aggregate

import (
	"cmp"
	"slices"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Policy is what to look at, and perhaps to change, so that denials end: the
// policy that AWS names, or else the place where the policy is. Each denial
// belongs to one, so that their denials add up to those of the result.
type Policy struct {
	ARN string // of the policy, where AWS names it; Bucket, Principal and VPCEndpoint are empty then
	// Cause is how it refuses, and Causes are all ways, by denials descending, then
	// name. Of a policy with several, Cause is the first.
	Cause      event.Cause
	Causes     []Count
	WhyNotTold string // only with the cause not-told
	Owner      event.Owner
	Bucket     string // of an owner bucket or key
	Principal  string // of an owner identity
	// VPCEndpoint is that of an owner network, and KMSKey the ARN of the key if the
	// denials name one and no other.
	VPCEndpoint string
	KMSKey      string

	Denials, Late       int // Late of them of late, see Result
	Principals, Buckets int
	FirstSeen, LastSeen time.Time

	PrincipalType string // of all principals, or empty
	Who           Top    // principals that it refuses
	Where         Top    // buckets
	Actions       Top

	part bool // of a document with others
}

// policyKey tells policies apart.
type policyKey struct {
	arn, cause, bucket, principal, endpoint uint32
	why                                     why
	owner                                   event.Owner
}

// policies gathers them from the groups.
type policies struct {
	t   *table
	all map[policyKey]*policy
}

type policy struct {
	span
	key, keys                          uint32 // the last KMS key, and how many changes of it
	causes, actions, principals, where tally
}

func newPolicies(t *table) *policies { return &policies{t, map[policyKey]*policy{}} }

// add counts the denials of a group for one reason.
func (ps *policies) add(g groupKey, r reason, s *span) {
	k := ps.keyOf(g, r)
	p := ps.all[k]
	if p == nil {
		p = &policy{}
		ps.all[k] = p
	}
	p.merge(s)
	p.causes.add(r.cause, s.n)
	action := r.deniedAction
	if action == 0 {
		action = g.action
	}
	p.actions.add(action, s.n)
	p.principals.add(g.principal, s.n)
	p.where.add(g.bucket, s.n)
	if r.key != 0 && r.key != p.key {
		p.key = r.key
		p.keys++
	}
}

// keyOf says which policy it is that refused.
func (ps *policies) keyOf(g groupKey, r reason) policyKey {
	if r.policyARN != 0 {
		return policyKey{arn: r.policyARN}
	}
	text := ps.t.strings.text
	k := policyKey{cause: r.cause, why: r.why, owner: event.OwnerOf(event.Cause(text(r.cause)), text(r.deniedAction), g.bucket != 0)}
	switch k.owner {
	case event.OwnerIdentity:
		k.principal = g.principal
	case event.OwnerBucket, event.OwnerKey:
		k.bucket = g.bucket
	case event.OwnerNetwork:
		k.endpoint = r.endpoint
	}
	return k
}

// result returns the policies, and what people open, by denials, the most first.
func (ps *policies) result() (list []Policy, documents []*Policy) {
	merged, parts := ps.documents()
	list = make([]Policy, 0, len(ps.all))
	for k, p := range ps.all {
		list = append(list, ps.policy(k, p))
		list[len(list)-1].part = parts[k]
		delete(ps.all, k)
	}
	slices.SortFunc(list, func(a, b Policy) int { return comparePolicies(&a, &b) })
	for i := range list {
		if !list[i].part {
			documents = append(documents, &list[i])
		}
	}
	documents = append(documents, merged...)
	slices.SortFunc(documents, comparePolicies)
	return list, documents
}

func (ps *policies) policy(k policyKey, p *policy) Policy {
	t := ps.t
	text := t.strings.text
	out := Policy{
		ARN: text(k.arn), Causes: t.counts(p.causes), WhyNotTold: k.why.String(), Owner: k.owner,
		Bucket: text(k.bucket), Principal: text(k.principal), VPCEndpoint: text(k.endpoint),
		Denials: p.n, Late: p.late, FirstSeen: time.UnixMicro(p.first).UTC(), LastSeen: time.UnixMicro(p.last).UTC(),
		Who: topOf(t.counts(p.principals)), Where: topOf(t.counts(p.where)), Actions: topOf(t.counts(p.actions)),
	}
	if p.keys == 1 {
		out.KMSKey = text(p.key)
	}
	out.Principals, out.Buckets = out.Who.Values(), out.Where.Values()
	for i, x := range p.principals {
		kind := identity.TypeOf(text(x.number))
		if i > 0 && kind != out.PrincipalType {
			out.PrincipalType = ""
			break
		}
		out.PrincipalType = kind
	}
	if len(out.Causes) > 0 {
		out.Cause = event.Cause(out.Causes[0].Value)
	}
	if k.arn != 0 {
		out.Owner = event.OwnerOf(out.Cause, "", false)
	}
	return out
}

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

// Refuses says whether denials of the group for the cause belong to the policy.
func (p *Policy) Refuses(g *Group, c *Cause) bool {
	switch {
	case p.ARN != "" || c.PolicyARN != "":
		return p.ARN == c.PolicyARN
	case p.WhyNotTold != c.WhyNotTold || p.Owner != event.OwnerOf(c.Cause, c.DeniedAction, g.Bucket != "") ||
		!slices.ContainsFunc(p.Causes, func(own Count) bool { return own.Value == string(c.Cause) }):
		return false
	case p.Owner == event.OwnerIdentity:
		return p.Principal == g.Principal
	case p.Owner == event.OwnerNetwork:
		return p.VPCEndpoint == "" || slices.Contains(g.endpoints, p.VPCEndpoint)
	}
	return p.Owner == event.OwnerOrganization || p.Bucket == g.Bucket
}
