package link

import (
	"slices"
	"strings"

	"trail403/aggregate/group"
	"trail403/aggregate/policy"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// About is what a change must touch to concern groups for the reasons that they share.
// What only some of the groups have, such as their own roles in an incident of one
// bucket, does not explain all of them.
type About struct {
	ways ways
	only map[string]bool // see Linker
	// by holds the targets, by the service that the change is made with: a call on a
	// bucket's encryption concerns the bucket, but a call on an SCP does not. The
	// values are what the target's denials were for.
	by map[string]map[event.Target][]deniedFor
	// reasons are the reasons of all targets. The last one is being added while About
	// is made.
	reasons []deniedFor
	reason  deniedFor
	// bucket, owner and principal are the ones that all groups share, or empty.
	bucket, owner, principal string
	// policies are those that the messages name, and principals are those that they
	// deny. Of the many calls that touch a principal, only those that also touch the
	// policy concern all groups.
	policies, principals map[event.Target]bool
	// unnamed says that the messages do not name the organization's policy. A policy
	// that is attached to the root then concerns every account.
	unnamed bool
}

// aboutOf returns what a change must touch to concern the groups.
func aboutOf(w ways, only map[string]bool, groups []*group.Group) *About {
	a := &About{
		ways: w, only: only, by: map[string]map[event.Target][]deniedFor{}, policies: map[event.Target]bool{},
		bucket:    shared(groups, func(g *group.Group) string { return g.Bucket }),
		owner:     shared(groups, func(g *group.Group) string { return g.BucketAccount }),
		principal: shared(groups, func(g *group.Group) string { return identity.Key(g.Principal) }),
	}
	var principals []event.Target
	for _, g := range groups {
		principals = append(principals, principalTargets(g.Principal)...)
		for i := range g.Causes {
			c := &g.Causes[i]
			a.reason = deniedFor{c.Cause, c.DeniedAction}
			if !slices.Contains(a.reasons, a.reason) {
				a.reasons = append(a.reasons, a.reason)
			}
			a.addCause(g, c)
		}
	}
	a.principals = w.all(principals)
	return a
}

// shared returns the value that all groups have in common, or the empty string.
func shared(groups []*group.Group, of func(*group.Group) string) string {
	first := of(groups[0])
	if slices.ContainsFunc(groups, func(g *group.Group) bool { return of(g) != first }) {
		return ""
	}
	return first
}

// addCause adds what concerns a group for one of its causes.
func (a *About) addCause(g *group.Group, c *policy.Cause) {
	switch owner := event.OwnerOf(c.Cause, c.DeniedAction, g.Bucket != ""); {
	case c.Cause.OfCaller():
		a.toPrincipal()
		if named, known := change.OfPolicy(c.PolicyARN); known {
			a.add("iam", named)
			a.policies[named] = true
		}
		if c.Cause == event.IdentityImplicit {
			a.toBucket() // the Allow may have been in the bucket policy
		}
	case owner == event.OwnerOrganization:
		a.toOrganization(g, c)
	case owner == event.OwnerNetwork:
		for _, e := range g.VPCEndpoints {
			a.add("ec2", event.Target{Type: change.Endpoint, Name: e})
		}
	case owner == event.OwnerKey:
		for _, k := range g.BucketKeys {
			if t, ok := change.OfKey(k); ok {
				a.add("kms", t)
			}
		}
		a.toBucket()
	case c.Cause.Owner() == event.OwnerBucket:
		a.toBucket()
	default:
		a.toBucket()
		a.toPrincipal()
	}
}

func (a *About) toBucket() {
	if a.bucket != "" {
		a.add("s3", event.Target{Type: change.Bucket, Name: a.bucket})
	}
	if a.owner != "" { // Block Public Access of the account
		a.add("s3", event.Target{Type: change.Account, Name: a.owner})
	}
}

func (a *About) toPrincipal() {
	if a.principal == "" {
		return
	}
	for _, t := range principalTargets(a.principal) {
		for _, service := range []string{"iam", "sso", "identitystore", "lakeformation"} {
			a.add(service, t)
		}
	}
}

func (a *About) toOrganization(g *group.Group, c *policy.Cause) {
	account := event.Target{Type: change.Account, Name: g.PrincipalAccount}
	if c.Cause.Policy() == event.RCP {
		account.Name = g.BucketAccount
	}
	if named, known := change.OfPolicy(c.PolicyARN); known {
		a.add("organizations", named)
		a.put("organizations", account) // but not what else is attached to the account
	} else {
		a.add("organizations", account)
		a.unnamed = true
	}
}

// add says that calls with the service on the target, and on everything that reaches
// it, concern the reason that is being added.
func (a *About) add(service string, target event.Target) {
	for t := range a.ways.all([]event.Target{target}) {
		a.put(service, t)
	}
}

func (a *About) put(service string, t event.Target) {
	if a.by[service] == nil {
		a.by[service] = map[event.Target][]deniedFor{}
	}
	if list := a.by[service][t]; !slices.Contains(list, a.reason) {
		a.by[service][t] = append(list, a.reason)
	}
}

// principalTargets returns the principal and, for a role of IAM Identity Center, its
// permission set.
func principalTargets(principal string) (list []event.Target) {
	if t, ok := change.OfPrincipal(principal); ok {
		list = append(list, t)
	}
	if t, ok := change.PermissionSetOf(principal); ok {
		list = append(list, t)
	}
	return list
}

// touches says whether the change could have caused denials for one of the reasons, and
// whether it at least concerns them. Only the main target counts: a policy that was
// attached to another role touches that role. A call on an access point or alias
// touches what is behind it.
func (a *About) touches(c *event.Change) (causes likelihood, concerns bool) {
	service := serviceOf(c)
	for _, r := range a.touched(service, c) {
		can, has := canCause(service, c.Name, r)
		causes, concerns = max(causes, can), concerns || has
	}
	return causes, concerns
}

// touched returns the reasons of the denials that are related to what a change touched.
func (a *About) touched(service string, c *event.Change) []deniedFor {
	if len(c.Targets) == 0 {
		return nil
	}
	wanted := a.by[service]
	main := c.Targets[0]
	behind := func(t event.Target) bool { return len(wanted[t]) > 0 }
	switch {
	case len(wanted[main]) > 0:
		return wanted[main]
	case a.principals[main] && slices.ContainsFunc(c.Targets, func(t event.Target) bool { return a.policies[t] }):
		return a.reasons
	case isTagging(c.Name) && a.principals[main]:
		return a.reasons // a condition on the caller's tags can be in any policy
	case main.Type == change.OrganizationPolicy && a.unnamed:
		if a.only[c.EventID] || slices.ContainsFunc(c.Targets, func(t event.Target) bool { return t.Type == change.Root || behind(t) }) {
			return a.reasons
		}
	case leadsElsewhere(main):
		if i := slices.IndexFunc(c.Targets[1:], behind); i >= 0 {
			return wanted[c.Targets[1+i]]
		}
	}
	return nil
}

// leadsElsewhere says whether a target is a name for another one, which is behind it.
func leadsElsewhere(t event.Target) bool {
	return t.Type == change.AccessPoint || t.Type == change.MultiRegionAccessPoint || t.Type == change.Alias
}

// serviceOf returns the service of a change. The S3 family counts as one service, and
// so do the two names of the identity store.
func serviceOf(c *event.Change) string {
	service, _, _ := strings.Cut(c.Source, ".")
	switch {
	case strings.HasPrefix(service, "s3"):
		return "s3"
	case service == "sso-directory":
		return "identitystore"
	}
	return service
}
