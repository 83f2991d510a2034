package main

import (
	"fmt"
	"time"
)

// A kind of planted incident.
type kind struct {
	name    string
	changed bool // whether a change in the archive explains it
	ends    bool // whether a second change ends it
	late    bool // whether it starts within the last hours of the archive
	plant   func(*plan) bool
}

// kinds are all of them, in the order of the tables.
var kinds = []kind{
	{name: "bucket policy denies", changed: true, plant: bucketDeny},
	{name: "bucket policy denies, callers denied before", changed: true, plant: bucketDenyJump},
	{name: "bucket policy no longer allows", changed: true, plant: bucketAllowGone},
	{name: "bucket policy deleted", changed: true, plant: bucketPolicyGone},
	{name: "bucket policy denies, deleted before", changed: true, plant: bucketDenyAfterDelete},
	{name: "policy detached from a role", changed: true, plant: roleDetach},
	{name: "inline policy of a role deleted", changed: true, plant: roleInline},
	{name: "inline policy of a role denies", changed: true, plant: roleDeny},
	{name: "policy detached from a user", changed: true, plant: userDetach},
	{name: "managed policy, new version", changed: true, plant: managedVersion},
	{name: "managed policy denies, named", changed: true, plant: managedDeny},
	{name: "SCP attached, named", changed: true, plant: scpNamed},
	{name: "SCP attached, not named", changed: true, plant: scpUnnamed},
	{name: "SCP updated", changed: true, plant: scpUpdated},
	{name: "SCP rolled out over a day", changed: true, plant: scpRollout},
	{name: "RCP attached", changed: true, plant: rcpAttached},
	{name: "VPC endpoint, network activity", changed: true, plant: endpointNetwork},
	{name: "VPC endpoint, data events", changed: true, plant: endpointData},
	{name: "key policy", changed: true, plant: keyPolicy},
	{name: "key grant revoked, key not named", changed: true, plant: keyGrant},
	{name: "permissions boundary", changed: true, plant: boundarySet},
	{name: "permission set", changed: true, plant: permissionSet},
	{name: "Block Public Access of an account", changed: true, plant: blockAccount},
	{name: "Block Public Access of a bucket", changed: true, plant: blockBucket},
	{name: "access point policy", changed: true, plant: accessPointPolicy},
	{name: "role untagged", changed: true, plant: roleUntagged},
	{name: "spike after a change", changed: true, plant: spikeAfterChange},
	{name: "small, bucket policy", changed: true, plant: smallBucket},
	{name: "small, role", changed: true, plant: smallRole},
	{name: "since this morning, bucket policy", changed: true, late: true, plant: bucketDeny},
	{name: "since this morning, role", changed: true, late: true, plant: roleDetach},
	{name: "ended by a second change", changed: true, ends: true, plant: bucketDenyFixed},
	{name: "one call in several accounts", changed: true, plant: stackSet},
	{name: "two roles minutes apart", changed: true, plant: twins},
	{name: "role renamed", plant: renamed},
	{name: "no change, several roles on a bucket", plant: noChangeBucket},
	{name: "no change, one role on several buckets", plant: noChangeRole},
	{name: "no change, groups jump", plant: noChangeJump},
}

// account returns an account that has workloads.
func (p *plan) account() string { return pick(p.d, accounts...) }

// bucketDecoys are changes that cannot have caused what a bucket policy denies: of
// another bucket, of who may assume a role, and after the onset.
func (p *plan) bucketDecoys(b *bucket, who []*principal) {
	if p.d.chance(0.6) {
		p.decoy(putBucketPolicy(p.before(), p.w.newBucket(b.account)))
	}
	if p.d.chance(0.4) {
		p.decoy(changeTrust(p.at.Add(5*time.Second), pick(p.d, who...)))
	}
	if p.d.chance(0.4) {
		p.decoy(detachPolicy(p.before(), pick(p.d, who...), managedPolicy(who[0].account, "tracing")))
	}
	if p.d.chance(0.4) {
		p.decoy(putBucketPolicy(p.after(), b))
	}
	if p.d.chance(0.3) {
		c := putBucketPolicy(p.before(), b)
		c.failed = true
		p.decoy(c)
	}
}

// roleDecoys are the same for what the policies of a role deny.
func (p *plan) roleDecoys(who *principal, buckets []*bucket) {
	if p.d.chance(0.5) && who.kind == "role" {
		p.decoy(changeTrust(p.at.Add(5*time.Second), who))
	}
	if p.d.chance(0.5) {
		p.decoy(detachPolicy(p.before(), p.w.newRole(who.account), managedPolicy(who.account, "s3-access")))
	}
	if p.d.chance(0.5) {
		p.decoy(putBucketPolicy(p.before(), pick(p.d, buckets...)))
	}
	if p.d.chance(0.3) {
		p.decoy(putInline(p.after(), who))
	}
}

func bucketDeny(p *plan) bool {
	b := p.bucketOf(p.account())
	who := p.callers(p.d.whole(3, 8), b.account, b.account, p.account())
	p.changed(putBucketPolicy(p.at, b))
	p.start(p.onBucket(b, explicit("resource", ""), who))
	p.bucketDecoys(b, who)
	return true
}

func bucketDenyFixed(p *plan) bool {
	bucketDeny(p)
	b := p.groups[0].bucket
	if p.ends.Before(p.w.end) {
		p.fix = p.w.change(putBucketPolicy(p.ends.Add(-2*time.Second), b))
	}
	return true
}

func bucketDenyJump(p *plan) bool {
	b := p.w.newBucket(p.account())
	p.changed(putBucketPolicy(p.at, b))
	who := p.callers(p.d.whole(3, 5), b.account)
	first := p.at.Add(p.d.span(10*time.Second, 4*time.Minute))
	for _, g := range p.onBucket(b, explicit("resource", ""), who) {
		perDay := p.d.between(0.5, 4)
		g.rhythm = "steady"
		p.w.deny(g, nil, p.d.hourly(p.w.start, p.w.end, func(time.Time) float64 { return perDay / 24 })...)
		p.deny(g, first, perDay*p.d.between(8, 30)+12)
		first = first.Add(p.d.span(5*time.Second, 10*time.Minute))
	}
	p.bucketDecoys(b, who)
	return true
}

func bucketAllowGone(p *plan) bool {
	b := p.bucketOf(p.account())
	who := p.callers(p.d.whole(3, 6), accounts...)
	p.changed(putBucketPolicy(p.at, b))
	p.start(p.onBucket(b, implicit("resource"), who))
	p.bucketDecoys(b, who)
	return true
}

func bucketPolicyGone(p *plan) bool {
	b := p.bucketOf(p.account())
	who := p.callers(p.d.whole(3, 6), accounts...)
	p.changed(deleteBucketPolicy(p.at, b))
	p.start(p.onBucket(b, implicit("resource"), who))
	p.bucketDecoys(b, who)
	return true
}

// bucketDenyAfterDelete deletes the policy and writes it again. Only the second call
// can have added a Deny.
func bucketDenyAfterDelete(p *plan) bool {
	b := p.bucketOf(p.account())
	p.decoy(deleteBucketPolicy(p.at.Add(-p.d.span(20*time.Second, 30*time.Minute)), b))
	who := p.callers(p.d.whole(3, 6), b.account)
	p.changed(putBucketPolicy(p.at, b))
	p.start(p.onBucket(b, explicit("resource", ""), who))
	return true
}

// oneRole plants what one caller is denied on several buckets after a change.
func (p *plan) oneRole(who *principal, why reason, c *change) {
	buckets := p.bucketsOf(who.account, p.d.whole(2, 5))
	p.changed(c)
	p.start(p.byCaller(who, why, buckets))
	p.roleDecoys(who, buckets)
}

func roleDetach(p *plan) bool {
	who := p.callers(1, p.account())[0]
	p.oneRole(who, implicit("identity"), detachPolicy(p.at, who, managedPolicy(who.account, "s3-access")))
	return true
}

func roleInline(p *plan) bool {
	who := p.callers(1, p.account())[0]
	p.oneRole(who, implicit("identity"), deleteInline(p.at, who))
	return true
}

func roleDeny(p *plan) bool {
	who := p.callers(1, p.account())[0]
	p.oneRole(who, explicit("identity", ""), putInline(p.at, who))
	return true
}

func userDetach(p *plan) bool {
	who := p.w.newPerson(p.account())
	p.oneRole(who, implicit("identity"), detachPolicy(p.at, who, managedPolicy(who.account, "s3-access")))
	return true
}

func roleUntagged(p *plan) bool {
	who := p.callers(1, p.account())[0]
	p.oneRole(who, implicit("identity"), untagRole(p.at, who))
	return true
}

func boundarySet(p *plan) bool {
	who := p.callers(1, p.account())[0]
	p.oneRole(who, implicit("boundary"), putBoundary(p.at, who, managedPolicy(who.account, "workload-boundary")))
	return true
}

// overRoles plants what several roles of an account are denied, each on one bucket.
func (p *plan) overRoles(account string, why reason, who []*principal) {
	var groups []*group
	for _, c := range who {
		p.touches = append(p.touches, ofPrincipal(c))
		groups = append(groups, p.fresh(c, p.bucketOf(account), why, objectCalls...))
	}
	p.start(groups)
}

// attached shows in the trail that roles got a policy, days before.
func (p *plan) attached(who []*principal, policy string) {
	at := p.w.start.Add(p.d.span(time.Hour, 24*time.Hour))
	for _, c := range who {
		if at.Before(p.at) {
			p.decoy(attachPolicy(at, c, policy))
		}
		at = at.Add(p.d.span(5*time.Second, 2*time.Minute))
	}
}

func managedVersion(p *plan) bool {
	account := p.account()
	who := p.callers(p.d.whole(4, 8), account)
	p.w.names++
	policy := managedPolicy(account, fmt.Sprintf("team-%d", p.w.names))
	p.attached(who, policy)
	p.changed(newPolicyVersion(p.at, account, policy))
	p.overRoles(account, implicit("identity"), who)
	p.decoy(newPolicyVersion(p.before(), account, managedPolicy(account, "metrics")))
	return true
}

func managedDeny(p *plan) bool {
	account := p.account()
	who := p.callers(p.d.whole(4, 8), account)
	p.w.names++
	policy := managedPolicy(account, fmt.Sprintf("guard-%d", p.w.names))
	p.changed(newPolicyVersion(p.at, account, policy))
	p.overRoles(account, explicit("identity", policy), who)
	p.touches = []string{ofPolicy(policy)}
	p.decoy(newPolicyVersion(p.before(), account, managedPolicy(account, "metrics")))
	return true
}
