package aggregate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Link is a change that touched what an incident is about, before its onset or
// after its end. It says what came when, not what caused.
type Link struct {
	Change int // index in Result.Changes
	// Lag is the time from the change to the onset, not negative; or from the last
	// denial to the change, which is negative where denials went on for a moment.
	Lag time.Duration
}

const (
	// DefaultChangeWindow is how long before an onset, or after a last denial, a
	// change may have come.
	DefaultChangeWindow = 6 * time.Hour
	// settleTime is how long denials may go on after a change that ends them: AWS
	// copies policies around the world, and S3 remembers them for a while.
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html
	settleTime = 5 * time.Minute
)

// maxLinks is how many changes an incident names, the nearest.
const maxLinks = 20

// about is what a change has to touch.
type about struct {
	// by the service that the change is made with: a bucket's encryption has to do
	// with the bucket, but not with an SCP. The values are for what the target's
	// denials came.
	by map[string]map[event.Target][]deniedFor
	l  *linker
	// reasons are all of them.
	reasons []deniedFor
	// policies are those that the messages name, and principals those whom they
	// refuse: of the many things that befall a principal, only what is done with
	// the policy matters to all.
	policies, principals map[event.Target]bool
	// unnamed says that messages do not name the policy of the organization that
	// refuses: one that is attached to the root is about everybody.
	unnamed bool
}

// linker finds changes.
type linker struct {
	changes []event.Change // by time
	ways    ways
	window  time.Duration
	// only holds the changes of the organization's policies that no other one came
	// near to. Whom they reach is often not in the trail: which accounts are in a
	// unit shows only when one is moved.
	only map[string]bool
}

func newLinker(changes []event.Change, window time.Duration) *linker {
	l := &linker{changes: changes, ways: waysOf(changes), window: cmp.Or(window, DefaultChangeWindow), only: map[string]bool{}}
	var last *event.Change
	alone := false
	for i := range changes {
		c := &changes[i]
		if serviceOf(c) != "organizations" || len(possible["organizations "+c.Name]) == 0 {
			continue
		}
		apart := last == nil || c.Time.Sub(last.Time) > l.window
		if alone && apart {
			l.only[last.EventID] = true
		}
		last, alone = c, apart
	}
	if alone {
		l.only[last.EventID] = true
	}
	return l
}

// keepLinked keeps the changes that something links to.
func (r *Result) keepLinked(all []event.Change) {
	var links []*Link
	for i := range r.Groups {
		for j := range r.Groups[i].Trend.Changes {
			links = append(links, &r.Groups[i].Trend.Changes[j])
		}
	}
	for i := range r.Incidents {
		for j := range r.Incidents[i].Changes {
			links = append(links, &r.Incidents[i].Changes[j])
		}
		for j := range r.Incidents[i].After {
			links = append(links, &r.Incidents[i].After[j])
		}
	}
	slices.SortFunc(links, func(a, b *Link) int { return cmp.Compare(a.Change, b.Change) })
	last := -1
	for _, l := range links {
		if l.Change != last {
			last = l.Change
			r.Changes = append(r.Changes, all[last])
		}
		l.Change = len(r.Changes) - 1
	}
}

// aboutOf says what changes have to do with the groups for the reason they share.
// What only some of them have, such as their own roles in an incident of one
// bucket, explains nothing of the whole.
func (l *linker) aboutOf(groups []*Group) *about {
	a := &about{l: l, by: map[string]map[event.Target][]deniedFor{}, policies: map[event.Target]bool{}}
	var reason deniedFor
	put := func(service string, t event.Target) {
		if a.by[service] == nil {
			a.by[service] = map[event.Target][]deniedFor{}
		}
		if list := a.by[service][t]; !slices.Contains(list, reason) {
			a.by[service][t] = append(list, reason)
		}
	}
	add := func(service string, targets ...event.Target) {
		for t := range l.ways.all(targets) {
			put(service, t)
		}
	}
	one := func(of func(*Group) string) (string, bool) {
		first := of(groups[0])
		return first, first != "" && !slices.ContainsFunc(groups, func(g *Group) bool { return of(g) != first })
	}
	bucket, oneBucket := one(func(g *Group) string { return g.Bucket })
	principal, onePrincipal := one(func(g *Group) string { return identity.Key(g.Principal) })

	owner, oneOwner := one(func(g *Group) string { return g.BucketAccount })

	toBucket := func() {
		if oneBucket {
			add("s3", event.Target{Type: change.Bucket, Name: bucket})
		}
		if oneOwner { // Block Public Access of the account
			add("s3", event.Target{Type: change.Account, Name: owner})
		}
	}
	toPrincipal := func() {
		if onePrincipal {
			for _, t := range principalTargets(principal) {
				for _, service := range []string{"iam", "sso", "identitystore"} {
					add(service, t)
				}
			}
		}
	}
	var principals []event.Target
	for _, g := range groups {
		principals = append(principals, principalTargets(g.Principal)...)
		for _, c := range g.Causes {
			reason = deniedFor{c.Cause, c.DeniedAction}
			if !slices.Contains(a.reasons, reason) {
				a.reasons = append(a.reasons, reason)
			}
			named, known := change.OfPolicy(c.PolicyARN)
			switch owner := event.OwnerOf(c.Cause, c.DeniedAction, g.Bucket != ""); {
			case c.Cause.OfCaller():
				toPrincipal()
				if known {
					add("iam", named)
					a.policies[named] = true
				}
				if c.Cause == event.IdentityImplicit {
					toBucket() // the Allow may have stood in the bucket's policy
				}
			case owner == event.OwnerOrganization:
				account := event.Target{Type: change.Account, Name: g.PrincipalAccount}
				if c.Cause.Policy() == event.RCP {
					account.Name = g.BucketAccount
				}
				if known {
					add("organizations", named)
					put("organizations", account) // but not what else is attached to it
				} else {
					add("organizations", account)
					a.unnamed = true
				}
			case owner == event.OwnerNetwork:
				for _, e := range g.endpoints {
					add("ec2", event.Target{Type: change.Endpoint, Name: e})
				}
			case owner == event.OwnerKey:
				for _, k := range g.keys {
					if t, ok := change.OfKey(k); ok {
						add("kms", t)
					}
				}
				toBucket()
			case c.Cause.Owner() == event.OwnerBucket:
				toBucket()
			default:
				toBucket()
				toPrincipal()
			}
		}
	}
	a.principals = l.ways.all(principals)
	return a
}

// principalTargets are the principal and, for a role of IAM Identity Center, its
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

// touches says whether the change has to do with it, and could have caused
// denials for one of its reasons. What counts is the main target: a policy that was
// attached to another role touches that role. A call on an access point or alias
// touches what is behind it.
func (a *about) touches(c *event.Change) (causes likelihood, concerns bool) {
	service := serviceOf(c)
	for _, r := range a.touched(service, c) {
		can, has := canCause(service, c.Name, r)
		causes, concerns = max(causes, can), concerns || has
	}
	return causes, concerns
}

// serviceOf returns the service of a change, the S3 family being one, and so are
// the two names of the identity store.
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

// touched returns the reasons of the denials that have to do with what a change
// touched.
func (a *about) touched(service string, c *event.Change) []deniedFor {
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
		if a.l.only[c.EventID] || slices.ContainsFunc(c.Targets, func(t event.Target) bool { return t.Type == change.Root || behind(t) }) {
			return a.reasons
		}
	case main.Type == change.AccessPoint || main.Type == change.MultiRegionAccessPoint || main.Type == change.Alias:
		if i := slices.IndexFunc(c.Targets[1:], behind); i >= 0 {
			return wanted[c.Targets[1+i]]
		}
	}
	return nil
}

// inherit gives a group the changes of its incident: it is part of it, however
// late its own first denial came. What changed between the two explains neither.
func (l *linker) inherit(g *Group, in *Incident) {
	if g.Trend.Onset.IsZero() {
		return
	}
	g.Trend.Changes = nil
	for _, link := range in.Changes {
		if lag := g.Trend.Onset.Sub(l.changes[link.Change].Time); lag >= 0 {
			g.Trend.Changes = append(g.Trend.Changes, Link{link.Change, lag})
		}
	}
}

// until returns how many of the changes came at a time or before.
func (l *linker) until(at time.Time) int {
	n, _ := slices.BinarySearchFunc(l.changes, at, func(c event.Change, t time.Time) int {
		if c.Time.After(t) {
			return 1
		}
		return -1
	})
	return n
}

// before returns the changes that touch it within the window before the onset,
// nearest first.
func (l *linker) before(a *about, onset time.Time) (links []Link) {
	for i := l.until(onset) - 1; i >= 0 && onset.Sub(l.changes[i].Time) <= l.window && len(links) < maxLinks; i-- {
		if causes, _ := a.touches(&l.changes[i]); causes > impossible {
			links = append(links, Link{i, onset.Sub(l.changes[i].Time)})
		}
	}
	return links
}

// after returns the changes that touch it from just before the last denial on, if
// they came behind the onset, within the window, in order of time. What came
// between the two did not end the denials.
func (l *linker) after(a *about, onset, last time.Time) (links []Link) {
	for i := l.until(later(onset, last.Add(-settleTime-1))); i < len(l.changes) && len(links) < maxLinks; i++ {
		lag := l.changes[i].Time.Sub(last)
		if lag > l.window {
			break
		}
		if _, concerns := a.touches(&l.changes[i]); concerns {
			links = append(links, Link{i, lag})
		}
	}
	return links
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// moments returns when the changes that touch it came, of those behind low and
// not behind high, in unix microseconds.
func (l *linker) moments(a *about, low, high int64) (times []int64) {
	for i := l.until(time.UnixMicro(low)); i < l.until(time.UnixMicro(high)); i++ {
		if causes, _ := a.touches(&l.changes[i]); causes > impossible {
			times = append(times, l.changes[i].Time.UnixMicro())
		}
	}
	return times
}
