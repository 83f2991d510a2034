package aggregate

import (
	"cmp"
	"maps"
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
	// with the bucket, but not with an SCP.
	by map[string]map[event.Target]bool
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
}

func newLinker(changes []event.Change, window time.Duration) *linker {
	return &linker{changes: changes, ways: waysOf(changes), window: cmp.Or(window, DefaultChangeWindow)}
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
	a := &about{by: map[string]map[event.Target]bool{}, policies: map[event.Target]bool{}}
	add := func(service string, targets ...event.Target) {
		if a.by[service] == nil {
			a.by[service] = map[event.Target]bool{}
		}
		maps.Copy(a.by[service], l.ways.all(targets))
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
			named, known := change.OfPolicy(c.PolicyARN)
			switch owner := c.Cause.Owner(); {
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
					a.by["organizations"][account] = true // but not what else is attached to it
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
			case owner == event.OwnerBucket:
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

// touches says whether the change has to do with it. What counts is the main
// target: a policy that was attached to another role touches that role. A call
// on an access point or alias touches what stands behind.
func (a *about) touches(c *event.Change) bool {
	if len(c.Targets) == 0 {
		return false
	}
	service, _, _ := strings.Cut(c.Source, ".")
	switch {
	case strings.HasPrefix(service, "s3"):
		service = "s3"
	case service == "sso-directory":
		service = "identitystore"
	}
	wanted := a.by[service]
	main := c.Targets[0]
	switch {
	case wanted[main]:
		return true
	case a.principals[main] && slices.ContainsFunc(c.Targets, func(t event.Target) bool { return a.policies[t] }):
		return true
	case main.Type == change.OrganizationPolicy && a.unnamed:
		return slices.ContainsFunc(c.Targets, func(t event.Target) bool { return t.Type == change.Root || wanted[t] })
	case main.Type == change.AccessPoint || main.Type == change.MultiRegionAccessPoint || main.Type == change.Alias:
		return slices.ContainsFunc(c.Targets[1:], func(t event.Target) bool { return wanted[t] })
	}
	return false
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
		if a.touches(&l.changes[i]) {
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
		if a.touches(&l.changes[i]) {
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
		if a.touches(&l.changes[i]) {
			times = append(times, l.changes[i].Time.UnixMicro())
		}
	}
	return times
}
