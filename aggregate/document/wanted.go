package document

import (
	"strings"
	"time"

	"trail403/aggregate/evaluate"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Wanted names the things whose policies can have denied a request: those of the kind of
// policy that the message names, or all that can be if it names none.
func Wanted(d *event.Denial, r *evaluate.Request) []event.Wanted {
	c := wanted{d: d}
	kind := d.Cause.Policy()
	isUntold := d.Cause == event.NotTold || d.Cause == event.Truncated
	isOpen := isUntold || kind == "" && d.Cause.Effect() != ""
	isBlock := d.Cause == event.BlockPublicACLs || d.Cause == event.BlockPublicPolicy
	switch {
	case kind == event.SCP || kind == event.RCP:
		c.addOrganization(kind)
		return c.list
	case kind == event.EndpointPolicy:
		c.add(event.Target{Type: change.Endpoint, Name: d.VPCEndpoint}, d.CallerAccount)
		return c.list
	case isBlock:
		c.addBucket(true)
		return c.list
	}
	if kind == event.ResourcePolicy || isOpen || d.Cause == event.KMSKey {
		c.addResource(r, isUntold)
	}
	if kind == event.IdentityPolicy || kind == event.Boundary || isOpen || d.Cause == event.KMSKey {
		c.addCaller()
	}
	return c.list
}

// Around names the things whose policies have to allow a request: what it was for, and who
// made it.
func Around(d *event.Denial, r *evaluate.Request) []event.Wanted {
	c := wanted{d: d}
	c.addResource(r, false)
	c.addCaller()
	return c.list
}

// wanted collects what is wanted for a denial.
type wanted struct {
	d    *event.Denial
	list []event.Wanted
}

func (c *wanted) add(of event.Target, account string) {
	if of.Name != "" {
		c.list = append(c.list, event.Wanted{Of: of, Account: account, Region: c.d.Region, Denials: 1})
	}
}

// addBucket adds the bucket, with its settings if those can be why.
func (c *wanted) addBucket(settings bool) {
	if c.d.Bucket == "" || strings.HasPrefix(c.d.Bucket, "arn:") {
		return
	}
	c.add(event.Target{Type: change.Bucket, Name: c.d.Bucket}, c.d.BucketAccount)
	c.list[len(c.list)-1].Settings = settings
}

// addResource adds what the request was for: the key, or the bucket and the access point.
func (c *wanted) addResource(r *evaluate.Request, settings bool) {
	if event.IsKMS(r.Action) || c.d.Cause == event.KMSKey {
		if key, ok := change.OfKey(c.d.KMSKey); ok {
			c.add(key, "")
		}
		return
	}
	c.addBucket(settings)
	point, _, _ := strings.Cut(r.AccessPoint, "/object/")
	c.add(event.Target{Type: change.AccessPoint, Name: point}, "")
}

// addCaller adds the role or user, and the policy that the message names.
func (c *wanted) addCaller() {
	if caller, ok := change.OfPrincipal(c.d.Principal); ok && caller.Type != change.Account {
		c.add(caller, "")
	}
	if named, ok := change.OfPolicy(c.d.PolicyARN); ok && named.Type == change.Policy {
		c.add(named, c.d.CallerAccount)
	}
}

// addOrganization adds the SCP or RCP that the message names, or else all that apply to the
// account.
func (c *wanted) addOrganization(kind event.Policy) {
	named, ok := change.OfPolicy(c.d.PolicyARN)
	switch {
	case ok && named.Type == change.OrganizationPolicy:
		c.add(named, identity.AccountOf(c.d.PolicyARN))
	case !ok:
		c.add(event.Target{Type: change.Account, Name: restricted(c.d, kind)}, "")
	}
	for i := range c.list {
		c.list[i].Kind = kind
	}
}

// restricted returns the account that a policy of the organization restricts: SCPs that of
// the caller, and RCPs that of the bucket.
func restricted(d *event.Denial, kind event.Policy) string {
	if kind == event.RCP {
		return d.BucketAccount
	}
	return d.CallerAccount
}

// IsKnown says whether the documents of a thing that has one policy are known already for
// a time. Of a role or user, there can always be more.
func (b *Book) IsKnown(w *event.Wanted, at time.Time) bool {
	switch w.Of.Type {
	case change.Role, change.User, change.Account:
		return false
	}
	return !w.Settings && len(b.at(w.Of, at)) > 0
}
