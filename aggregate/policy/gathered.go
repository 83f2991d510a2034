package policy

import (
	"time"

	"trail403/aggregate/rows"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// gathered is what is known of one policy while denials are added.
type gathered struct {
	Span
	number                             int32  // of the policy, in the order in which they came
	key, keys                          uint32 // the last KMS key, and how often the key changed
	causes, actions, principals, where rows.Tally
}

// add counts the denials of a group for one reason.
func (p *gathered) add(g rows.GroupKey, r *Reason, s *Span) {
	p.merge(s)
	p.causes.Add(r.name, s.Denials)
	action := r.deniedAction
	if action == 0 {
		action = g.Action
	}
	p.actions.Add(action, s.Denials)
	p.principals.Add(g.Principal, s.Denials)
	p.where.Add(g.Bucket, s.Denials)
	if r.KMSKey != 0 && r.KMSKey != p.key {
		p.key = r.KMSKey
		p.keys++
	}
}

// absorb adds what belongs to another policy.
func (p *gathered) absorb(o *gathered) {
	p.merge(&o.Span)
	p.causes = append(p.causes, o.causes...)
	p.actions = append(p.actions, o.actions...)
	p.principals = append(p.principals, o.principals...)
	p.where = append(p.where, o.where...)
	switch {
	case o.keys == 0:
	case o.key == p.key:
		p.keys = max(p.keys, o.keys)
	default:
		p.key, p.keys = o.key, p.keys+o.keys
	}
}

// policy gives what was gathered its final form.
func (p *gathered) policy(t *rows.Table, k policyKey) Policy {
	out := Policy{
		ARN: t.Text(k.arn), Causes: t.Counts(p.causes), WhyNotTold: k.why.String(), Owner: k.owner,
		Bucket: t.Text(k.bucket), Principal: t.Text(k.principal), VPCEndpoint: t.Text(k.endpoint),
		Denials: p.Denials, Recent: p.Recent, FirstSeen: time.UnixMicro(p.first).UTC(), LastSeen: time.UnixMicro(p.last).UTC(),
		Who: rows.TopOf(t.Counts(p.principals)), Where: rows.TopOf(t.Counts(p.where)), Actions: rows.TopOf(t.Counts(p.actions)),
		PrincipalType: commonType(t, p.principals),
	}
	if p.keys == 1 {
		out.KMSKey = t.Text(p.key)
	}
	out.Principals, out.Buckets = out.Who.Values(), out.Where.Values()
	if len(out.Causes) > 0 {
		out.Cause = event.Cause(out.Causes[0].Value)
	}
	if k.arn != 0 {
		out.Owner = event.OwnerOf(out.Cause, "", false)
	}
	return out
}

// commonType returns the type that all principals have, or the empty string.
func commonType(t *rows.Table, principals rows.Tally) string {
	common := ""
	for i, number := range principals.Numbers() {
		kind := identity.TypeOf(t.Text(number))
		if i > 0 && kind != common {
			return ""
		}
		common = kind
	}
	return common
}
