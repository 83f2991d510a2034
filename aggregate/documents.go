package aggregate

import "trail403/ingest/event"

// document tells apart what people open: causes that are ways of one document to
// refuse have the same kind.
type document struct {
	policyKey
	kind string
}

// documentOf returns the document that the policy is, or is a part of.
func (ps *policies) documentOf(k policyKey) document {
	d := document{policyKey: k}
	if k.arn == 0 {
		d.cause, d.kind = 0, documentKind(event.Cause(ps.t.strings.text(k.cause)), k.owner)
	}
	return d
}

// documentKind returns what is the same for all causes that are ways of one
// document to refuse: a Deny in it, no Allow, or either where the message tells
// only half. Any other cause stands for itself.
func documentKind(cause event.Cause, owner event.Owner) string {
	switch policy := cause.Policy(); {
	case owner == event.OwnerKey && (policy == event.ResourcePolicy || cause == event.KMSKey):
		return "key"
	case policy != "":
		return string(policy)
	}
	return string(cause)
}

// documents merges the policies that are parts of one document, and says which
// they are.
func (ps *policies) documents() (merged []*Policy, parts map[policyKey]bool) {
	first := map[document]policyKey{}
	several := map[document]*policy{}
	parts = map[policyKey]bool{}
	for k, p := range ps.all {
		d := ps.documentOf(k)
		begun, ok := first[d]
		if !ok {
			first[d] = k
			continue
		}
		whole := several[d]
		if whole == nil {
			whole = &policy{}
			whole.absorb(ps.all[begun])
			several[d], parts[begun] = whole, true
		}
		whole.absorb(p)
		parts[k] = true
	}
	for d, p := range several {
		policy := ps.policy(d.policyKey, p)
		merged = append(merged, &policy)
	}
	return merged, parts
}

// absorb counts in what belongs to another policy.
func (p *policy) absorb(o *policy) {
	p.merge(&o.span)
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
