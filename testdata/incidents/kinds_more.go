package main

import (
	"fmt"
	"time"
)

// overAccounts plants what roles of two accounts are denied, each on one bucket.
func (p *plan) overAccounts(why reason) {
	a, b := p.account(), p.account()
	var groups []*group
	for _, c := range p.callers(p.d.whole(4, 8), a, b) {
		groups = append(groups, p.fresh(c, p.bucketOf(c.account), why, objectCalls...))
	}
	p.start(groups)
}

// policyID makes the id of a policy of the organization.
func (p *plan) policyID() string {
	p.w.names++
	return fmt.Sprintf("p-new%05d", p.w.names)
}

func scpNamed(p *plan) bool {
	id := p.policyID()
	p.changed(attachOrganizationPolicy(p.at, id, unitID))
	p.overAccounts(explicit("scp", organizationPolicyARN("service_control_policy", id)))
	p.touches = []string{ofPolicy(id)}
	p.decoy(updateOrganizationPolicy(p.before(), p.policyID()))
	return true
}

func scpUnnamed(p *plan) bool {
	p.changed(attachOrganizationPolicy(p.at, p.policyID(), unitID))
	p.overAccounts(explicit("scp", ""))
	return true
}

func scpUpdated(p *plan) bool {
	id := p.policyID()
	p.changed(updateOrganizationPolicy(p.at, id))
	p.overAccounts(explicit("scp", organizationPolicyARN("service_control_policy", id)))
	p.touches = []string{ofPolicy(id)}
	p.decoy(attachOrganizationPolicy(p.before(), p.policyID(), unitID))
	return true
}

// scpRollout attaches one SCP to one account after another over a day.
func scpRollout(p *plan) bool {
	id := p.policyID()
	why := explicit("scp", organizationPolicyARN("service_control_policy", id))
	at := p.at
	for _, i := range p.d.Perm(len(accounts))[:3] {
		if at.Add(time.Hour).After(p.ends) {
			break
		}
		p.changed(attachOrganizationPolicy(at, id, accounts[i]))
		for _, c := range p.callers(p.d.whole(2, 4), accounts[i]) {
			p.deny(p.fresh(c, p.bucketOf(accounts[i]), why, objectCalls...), at.Add(p.d.span(20*time.Second, 20*time.Minute)), p.d.between(8, 80))
		}
		at = at.Add(p.d.span(2*time.Hour, 8*time.Hour))
	}
	p.touches = []string{ofPolicy(id)}
	return true
}

func rcpAttached(p *plan) bool {
	id, owner := p.policyID(), p.account()
	p.changed(attachOrganizationPolicy(p.at, id, owner))
	why := explicit("rcp", organizationPolicyARN("resource_control_policy", id))
	var groups []*group
	for _, c := range p.callers(p.d.whole(4, 7), accounts...) {
		groups = append(groups, p.fresh(c, p.bucketOf(owner), why, objectCalls...))
	}
	p.start(groups)
	p.touches = []string{ofPolicy(id)}
	p.decoy(updateOrganizationPolicy(p.before(), p.policyID()))
	return true
}

// throughEndpoint plants what callers through one VPC endpoint are denied.
func throughEndpoint(p *plan, why reason, network bool) bool {
	account := p.account()
	p.w.names++
	id := fmt.Sprintf("vpce-0b%015d", p.w.names)
	p.changed(modifyEndpoint(p.at, account, id))
	var groups []*group
	for range p.d.whole(3, 6) {
		g := p.fresh(p.w.newRole(account), p.bucketOf(account), why, objectCalls...)
		g.endpoint, g.network = id, network
		groups = append(groups, g)
	}
	p.start(groups)
	p.decoy(modifyEndpoint(p.before(), account, "vpce-0cccc00000000001"))
	return true
}

func endpointNetwork(p *plan) bool { return throughEndpoint(p, endpoint, true) }
func endpointData(p *plan) bool    { return throughEndpoint(p, explicit("vpce", ""), false) }

func (p *plan) newKey(account string) string {
	p.w.names++
	return keyARN(account, fmt.Sprintf("00000000-0000-4000-8000-1%011d", p.w.names))
}

func keyPolicy(p *plan) bool {
	b := p.bucketOf(p.account())
	key := p.newKey(b.account)
	p.changed(putKeyPolicy(p.at, b.account, key))
	why := keyDenied("kms:GenerateDataKey", " on resource: "+key, keyMissing)
	var groups []*group
	for _, c := range p.callers(p.d.whole(3, 5), b.account) {
		groups = append(groups, p.fresh(c, b, why, "PutObject"))
	}
	p.start(groups)
	p.decoy(putKeyPolicy(p.before(), b.account, p.newKey(b.account)))
	p.decoy(putBucketPolicy(p.before(), b))
	return true
}

// keyGrant has denials that do not name the key; KMS's own records do.
func keyGrant(p *plan) bool {
	b := p.w.newBucket(p.account())
	key := p.newKey(b.account)
	p.changed(onKey(p.at, b.account, key, "RevokeGrant", `,"grantId":"0123456789abcdef"`))
	why := keyDenied("kms:Decrypt", " on the resource associated with this ciphertext", keyMissing)
	var groups []*group
	for range p.d.whole(3, 5) {
		groups = append(groups, p.fresh(p.w.newRole(b.account), b, why, "GetObject"))
	}
	p.start(groups)
	for _, e := range p.w.events {
		if e.planted == p.planted {
			p.w.add(event{at: e.at, group: e.group, key: key, planted: p.planted})
		}
	}
	p.decoy(putKeyPolicy(p.before(), b.account, p.newKey(b.account)))
	return true
}

// permissionSet changes one set, whose role in each account is denied.
func permissionSet(p *plan) bool {
	p.w.names++
	name := fmt.Sprintf("Analysts%d", p.w.names)
	set := fmt.Sprintf("arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-%016d", p.w.names)
	created := onPermissionSet(p.w.start.Add(time.Hour), set, "CreatePermissionSet", "")
	created.params = fmt.Sprintf(`{"instanceArn":"arn:aws:sso:::instance/ssoins-1234567890abcdef","name":%q}`, name)
	created.reply = fmt.Sprintf(`{"permissionSet":{"name":%q,"permissionSetArn":%q}}`, name, set)
	p.decoy(created)
	p.changed(onPermissionSet(p.at, set, "PutInlinePolicyToPermissionSet", `,"inlinePolicy":`+document))
	var groups []*group
	for _, i := range p.d.Perm(len(accounts))[:p.d.whole(2, 3)] {
		p.changed(onPermissionSet(p.at.Add(6*time.Second), set, "ProvisionPermissionSet", fmt.Sprintf(`,"targetType":"AWS_ACCOUNT","targetId":%q`, accounts[i])))
		who := &principal{"role", accounts[i], fmt.Sprintf("AWSReservedSSO_%s_%016x", name, p.d.Uint64())}
		groups = append(groups, p.byCaller(who, implicit("identity"), p.bucketsOf(accounts[i], p.d.whole(2, 3)))...)
	}
	p.at = p.at.Add(10 * time.Second)
	p.start(groups)
	return true
}

func blockAccount(p *plan) bool {
	account := p.account()
	p.changed(blockPublicAccount(p.at, account))
	var groups []*group
	for _, b := range p.bucketsOf(account, p.d.whole(3, 6)) {
		p.touches = append(p.touches, ofBucket(b))
		groups = append(groups, p.fresh(p.callers(1, account)[0], b, publicACL, "PutObjectAcl"))
	}
	p.start(groups)
	p.decoy(blockPublicBucket(p.before(), p.w.newBucket(account)))
	p.decoy(putBucketPolicy(p.before(), groups[0].bucket))
	return true
}

func blockBucket(p *plan) bool {
	b := p.bucketOf(p.account())
	p.changed(blockPublicBucket(p.at, b))
	p.touches = append(p.touches, ofAccount(b.account))
	var groups []*group
	for _, c := range p.callers(p.d.whole(3, 5), b.account) {
		groups = append(groups, p.fresh(c, b, publicACL, "PutObjectAcl"))
	}
	p.start(groups)
	p.decoy(putBucketPolicy(p.before(), b))
	return true
}

func accessPointPolicy(p *plan) bool {
	b := p.w.newBucket(p.account())
	p.w.names++
	name := fmt.Sprintf("ap-%d", p.w.names)
	p.decoy(onAccessPoint(p.w.start.Add(2*time.Hour), b, name, "CreateAccessPoint"))
	p.changed(onAccessPoint(p.at, b, name, "PutAccessPointPolicy"))
	p.touches = append(p.touches, ofBucket(b))
	var groups []*group
	for _, c := range p.callers(p.d.whole(3, 5), b.account) {
		g := p.fresh(c, b, explicit("resource", ""), "GetObject", "PutObject")
		g.accessPoint = "arn:aws:s3:" + region(b.account) + ":" + b.account + ":accesspoint/" + name
		groups = append(groups, g)
	}
	p.start(groups)
	p.decoy(putBucketPolicy(p.before(), p.w.newBucket(b.account)))
	return true
}

// spikeAfterChange makes groups of the background jump after a change of the role or
// the bucket that they depend on.
func spikeAfterChange(p *plan) bool {
	list := p.habitual(1, func(g *group) bool { return g.why.cause == "identity-implicit" && g.who.kind == "role" })
	if len(list) == 0 {
		return false
	}
	g := list[0]
	p.changed(deleteInline(p.at, g.who))
	first := p.at.Add(p.d.span(10*time.Second, 4*time.Minute))
	p.jump(g, first)
	for _, more := range p.byCaller(g.who, g.why, p.bucketsOf(g.who.account, 2)) {
		p.deny(more, first.Add(p.d.span(5*time.Second, 20*time.Minute)), p.d.between(8, 60))
	}
	return true
}

// few adds four to eight denials within minutes of a change.
func (p *plan) few(groups []*group) {
	at := p.at.Add(p.d.span(20*time.Second, 5*time.Minute))
	for i := range p.d.whole(4, 8) {
		p.add(groups[i%len(groups)], at)
		at = at.Add(p.d.span(5*time.Second, 90*time.Second))
	}
}

func smallBucket(p *plan) bool {
	b := p.bucketOf(p.account())
	who := p.callers(p.d.whole(1, 2), b.account)
	p.changed(putBucketPolicy(p.at, b))
	p.few(p.onBucket(b, explicit("resource", ""), who))
	p.bucketDecoys(b, who)
	return true
}

func smallRole(p *plan) bool {
	who := p.callers(1, p.account())[0]
	buckets := p.bucketsOf(who.account, p.d.whole(1, 2))
	p.changed(detachPolicy(p.at, who, managedPolicy(who.account, "s3-access")))
	p.few(p.byCaller(who, implicit("identity"), buckets))
	p.roleDecoys(who, buckets)
	return true
}

// stackSet writes the policy of one bucket in each of several accounts.
func stackSet(p *plan) bool {
	actor := &principal{"role", managementAccount, "stacksets-exec"}
	at := p.at
	var groups []*group
	for _, i := range p.d.Perm(len(accounts))[:p.d.whole(3, 4)] {
		b := p.bucketOf(accounts[i])
		c := putBucketPolicy(at, b)
		c.actor = actor
		p.changed(c)
		groups = append(groups, p.onBucket(b, explicit("resource", ""), p.callers(p.d.whole(2, 3), accounts[i]))...)
		at = at.Add(p.d.span(5*time.Second, 40*time.Second))
	}
	p.at = at
	p.start(groups)
	return true
}

// twins are two incidents: each of two roles loses its policy, minutes apart.
func twins(p *plan) bool {
	account := p.account()
	other := &plan{planted: &planted{kind: p.kind, ends: p.ends}, w: p.w, d: p.d, at: p.at.Add(p.d.span(2*time.Minute, 12*time.Minute))}
	for _, q := range []*plan{p, other} {
		who := q.w.newRole(account)
		q.changed(detachPolicy(q.at, who, managedPolicy(account, "s3-access")))
		q.start(q.byCaller(who, implicit("identity"), q.bucketsOf(account, q.d.whole(2, 4))))
	}
	other.cause = other.groups[0].why.cause
	p.w.planted = append(p.w.planted, other.planted)
	return true
}

// renamed has a role that was denied all the time, and another one in its place.
func renamed(p *plan) bool {
	account := p.account()
	old, now := p.w.newRole(account), p.w.newRole(account)
	p.causes = append(p.causes, p.w.change(createRole(p.at.Add(-10*time.Minute), now)))
	p.touches = append(p.touches, ofPrincipal(now), ofPrincipal(old))
	p.ends = p.w.end
	for _, b := range p.bucketsOf(account, p.d.whole(2, 3)) {
		call, perDay := pick(p.d, objectCalls...), p.d.between(8, 50)
		g, made := p.w.group(old, call, b, implicit("identity"))
		if !made {
			continue
		}
		g.rhythm = "steady"
		p.companions = append(p.companions, g)
		p.w.deny(g, nil, p.d.hourly(p.w.start, p.at, func(time.Time) float64 { return perDay / 24 })...)
		next, _ := p.w.group(now, call, b, implicit("identity"))
		p.deny(next, p.at.Add(p.d.span(10*time.Second, 20*time.Minute)), perDay)
	}
	p.decoy(deleteRole(p.at.Add(5*time.Minute), old))
	return true
}

func noChangeBucket(p *plan) bool {
	b := p.bucketOf(p.account())
	p.start(p.onBucket(b, explicit("resource", ""), p.callers(p.d.whole(4, 8), b.account)))
	return true
}

func noChangeRole(p *plan) bool {
	who := p.w.newRole(p.account())
	p.start(p.byCaller(who, implicit("identity"), p.bucketsOf(who.account, p.d.whole(4, 6))))
	return true
}

// noChangeJump makes three groups of one bucket jump that were denied before.
func noChangeJump(p *plan) bool {
	b := p.w.newBucket(p.account())
	first := p.at
	for _, g := range p.onBucket(b, implicit("resource"), p.callers(3, b.account)) {
		perDay := p.d.between(1, 6)
		g.rhythm = "steady"
		p.w.deny(g, nil, p.d.hourly(p.w.start, p.w.end, func(time.Time) float64 { return perDay / 24 })...)
		p.deny(g, first, perDay*p.d.between(8, 30)+24)
		first = first.Add(p.d.span(5*time.Second, 10*time.Minute))
	}
	return true
}
