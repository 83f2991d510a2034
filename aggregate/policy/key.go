package policy

import (
	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// policyKey identifies a policy.
type policyKey struct {
	arn, cause, bucket, principal, endpoint uint32
	why                                     rows.Why
	owner                                   event.Owner
}

// keyOf returns the policy that denied the group for the reason.
func keyOf(t *rows.Table, g rows.GroupKey, r *Reason) policyKey {
	if r.policyARN != 0 {
		return policyKey{arn: r.policyARN}
	}
	k := policyKey{cause: r.name, why: r.why, owner: event.OwnerOf(event.Cause(t.Text(r.name)), t.Text(r.deniedAction), g.Bucket != 0)}
	switch k.owner {
	case event.OwnerIdentity:
		k.principal = g.Principal
	case event.OwnerBucket, event.OwnerKey:
		k.bucket = g.Bucket
	case event.OwnerNetwork:
		k.endpoint = r.Endpoint
	}
	return k
}

// documentKey identifies a document: policies that are ways in which one document
// denies requests have the same kind.
type documentKey struct {
	policyKey
	kind string
}

func documentKeyOf(t *rows.Table, k policyKey) documentKey {
	d := documentKey{policyKey: k}
	if k.arn == 0 {
		d.cause, d.kind = 0, documentKind(event.Cause(t.Text(k.cause)), k.owner)
	}
	return d
}

// documentKind returns what the causes have in common that are ways in which one
// document denies requests: a Deny in it, no Allow in it, or either if the message
// gives only half. Any other cause is a separate kind.
func documentKind(cause event.Cause, owner event.Owner) string {
	switch policy := cause.Policy(); {
	case owner == event.OwnerKey && (policy == event.ResourcePolicy || cause == event.KMSKey):
		return "key"
	case policy != "":
		return string(policy)
	}
	return string(cause)
}
