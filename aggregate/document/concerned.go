package document

import (
	"slices"
	"strings"

	"trail403/aggregate/evaluate"
	"trail403/ingest/change"
	"trail403/ingest/event"
)

// Concerned returns the policies that applied to a denied request, as far as the
// trail shows them: those of the bucket and the access point, or of the KMS key, of
// the VPC endpoint, of the caller, and the one that the message names.
func (b *Book) Concerned(d *event.Denial, r *evaluate.Request) []evaluate.Policy {
	c := collection{book: b, d: d}
	if event.IsKMS(r.Action) {
		if key, ok := change.OfKey(d.KMSKey); ok {
			c.add(key, event.ResourcePolicy, key.Name)
		}
	} else {
		c.add(event.Target{Type: change.Bucket, Name: d.Bucket}, event.ResourcePolicy, d.Bucket)
		point, _, _ := strings.Cut(r.AccessPoint, "/object/")
		c.add(event.Target{Type: change.AccessPoint, Name: point}, event.ResourcePolicy, point)
	}
	c.add(event.Target{Type: change.Endpoint, Name: d.VPCEndpoint}, event.EndpointPolicy, d.VPCEndpoint)
	if caller, ok := change.OfPrincipal(d.Principal); ok && caller.Type != change.Account {
		c.addCaller(caller)
	}
	if named, ok := change.OfPolicy(d.PolicyARN); ok {
		c.add(named, d.Cause.Policy(), "")
	} else {
		c.addApplied(d.Cause.Policy())
	}
	return c.list
}

// addApplied adds the SCPs or RCPs that apply to the account, for a message that names none.
func (c *collection) addApplied(kind event.Policy) {
	if kind != event.SCP && kind != event.RCP {
		return
	}
	account := event.Target{Type: change.Account, Name: restricted(c.d, kind)}
	for _, policy := range c.book.links.of(account, event.Attached, c.d.Time) {
		if slices.ContainsFunc(c.book.at(policy, c.d.Time), func(h Held) bool { return h.Kind == kind }) {
			c.add(policy, kind, account.Name)
		}
	}
}

// collection collects the policies of a request.
type collection struct {
	book *Book
	d    *event.Denial
	list []evaluate.Policy
}

// addCaller adds the policies of a role or user, and of the user's groups.
func (c *collection) addCaller(caller event.Target) {
	holders := append([]event.Target{caller}, c.book.links.of(caller, event.Member, c.d.Time)...)
	for _, holder := range holders {
		c.add(holder, event.IdentityPolicy, holder.Name)
		for _, policy := range c.book.links.of(holder, event.Attached, c.d.Time) {
			c.add(policy, event.IdentityPolicy, holder.Name)
		}
	}
	for _, policy := range c.book.links.of(caller, event.Bounded, c.d.Time) {
		c.add(policy, event.Boundary, caller.Name)
	}
}

// add adds the documents that a thing held when the request was denied.
func (c *collection) add(of event.Target, kind event.Policy, on string) {
	for _, h := range c.book.at(of, c.d.Time) {
		if h.Document == nil {
			continue
		}
		name := h.Name
		if of.Type == change.Policy || of.Type == change.OrganizationPolicy {
			name = of.Name
		}
		p := evaluate.Policy{
			Kind: kind, Name: name, On: on, Since: h.Since, Change: h.Change, File: h.File, Read: h.Read, Document: h.Document,
		}
		if !c.has(&p) {
			c.list = append(c.list, p)
		}
	}
}

// has says whether the policy is in the list. The one that a message names is often
// also one that is attached.
func (c *collection) has(p *evaluate.Policy) bool {
	for i := range c.list {
		q := &c.list[i]
		if q.Kind == p.Kind && q.Name == p.Name && q.Document == p.Document && (q.On == p.On || p.On == "") {
			return true
		}
	}
	return false
}
