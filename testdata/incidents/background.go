package main

import (
	"fmt"
	"time"
)

// background fills the world with n groups in which nothing happens, and with
// changes that cause nothing.
func (w *world) background(n int) {
	d := newDraw(w.seed, w.name+"/background")
	for _, account := range accounts {
		for range d.whole(6, 12) {
			w.newBucket(account)
		}
	}
	for i := 0; i < n/100+1; i++ {
		w.scanner(d)
	}
	for len(w.order) < n {
		switch d.IntN(12) {
		case 0:
			w.pipeline(d)
		case 1, 2:
			w.person(d)
		case 3:
			w.sharedPolicy(d)
		case 4:
			w.sharedBucket(d)
		default:
			who := w.somebody(d)
			for range 1 + d.poisson(0.4) { // a caller has more than one group now and then
				w.single(d, who, pick(d, objectCalls...), pick(d, w.buckets...), w.standing(d))
			}
		}
	}
	w.quietChanges(d)
}

// single adds a group with a rhythm of its own.
func (w *world) single(d draw, who *principal, call string, b *bucket, why reason) {
	if why.cause == "block-public-acls" {
		call = "PutObjectAcl"
	}
	g, made := w.group(who, call, b, why)
	if !made {
		return
	}
	r := rhythmOf(d)
	g.rhythm = r.name
	w.deny(g, nil, r.times(d, w.start, w.end)...)
}

func rhythmOf(d draw) rhythm {
	sum := 0
	for _, r := range rhythms {
		sum += r.weight
	}
	n := d.IntN(sum)
	for _, r := range rhythms {
		if n -= r.weight; n < 0 {
			return r
		}
	}
	panic("the weights add up")
}

func (w *world) somebody(d draw) *principal {
	if d.chance(0.15) {
		return w.newPerson(pick(d, accounts...))
	}
	return w.newRole(pick(d, accounts...))
}

// standing returns why a background group is denied all the time.
func (w *world) standing(d draw) reason {
	switch n := d.IntN(100); {
	case n < 60:
		return implicit("identity")
	case n < 68:
		return implicit("resource")
	case n < 75:
		return explicit("resource", "")
	case n < 81:
		return explicit("scp", "")
	case n < 86:
		return implicit("boundary")
	case n < 90:
		return keyDenied("kms:Decrypt", " on the resource associated with this ciphertext", keyMissing)
	case n < 94:
		return publicACL
	case n < 97:
		return explicit("identity", "")
	}
	return notTold
}

// sharedPolicy is an SCP that has existed for a long time, and many roles that it
// denies.
func (w *world) sharedPolicy(d draw) {
	w.names++
	arn := organizationPolicyARN("service_control_policy", fmt.Sprintf("p-std%05d", w.names))
	for range d.whole(4, 10) {
		w.single(d, w.newRole(pick(d, accounts...)), pick(d, objectCalls...), pick(d, w.buckets...), explicit("scp", arn))
	}
}

// sharedBucket is one bucket whose policy has denied several roles for a long time.
func (w *world) sharedBucket(d draw) {
	b, why := pick(d, w.buckets...), pick(d, explicit("resource", ""), implicit("resource"))
	for range d.whole(3, 6) {
		w.single(d, w.newRole(pick(d, accounts...)), pick(d, objectCalls...), b, why)
	}
}

// scanner is one role that looks at many buckets each night or each week. Some of them
// deny it.
func (w *world) scanner(d draw) {
	who, call, every := w.newRole(pick(d, accounts...)), pick(d, bucketCalls...), pick(d, day, day, 7*day)
	takes, why, names := d.span(time.Minute, time.Hour), implicit("identity"), "scanners"
	var groups []*group
	for range d.whole(12, 25) {
		b := pick(d, w.buckets...)
		if g, made := w.group(who, call, b, why); made {
			g.rhythm = names
			groups = append(groups, g)
		}
	}
	phase := time.Duration(d.Float64() * float64(every))
	for t := w.start.Truncate(day).Add(phase - every); t.Before(w.end); t = t.Add(every) {
		for _, g := range groups {
			if d.chance(0.95) {
				w.deny(g, nil, d.burst(t, d.whole(1, 2), takes)...)
			}
		}
	}
}

// person visits the console now and then, and is denied what its pages ask for.
func (w *world) person(d draw) {
	who, gap := w.newPerson(pick(d, accounts...)), d.between(3, 20)
	b, why := pick(d, w.buckets...), implicit("identity")
	var groups []*group
	for i, call := range d.Perm(len(bucketCalls))[:d.whole(2, 3)] {
		if g, made := w.group(who, bucketCalls[call], b, why); made {
			groups = append(groups, g)
		}
		if i == 0 {
			if g, made := w.group(who, "ListBuckets", nil, why); made {
				groups = append(groups, g)
			}
		}
	}
	for _, g := range groups {
		g.rhythm = "people"
	}
	for t := w.start.Add(-time.Duration(d.Float64() * gap * float64(day))); t.Before(w.end); t = t.Add(time.Duration(d.ExpFloat64() * gap * float64(day))) {
		y, m, dd := t.Date()
		visit := time.Date(y, m, dd, d.whole(8, 18), d.IntN(60), 0, 0, pick(d, zones...))
		for _, g := range groups {
			if d.chance(0.85) {
				w.deny(g, nil, d.burst(visit, d.whole(1, 3), 10*time.Minute)...)
			}
		}
	}
}

// pipeline is a role that deploys on working days, several times a day or not at all.
// Some deployments also change policies of the buckets that deny it.
func (w *world) pipeline(d draw) {
	who, rate := w.newRole(pick(d, accounts...)), d.between(0.3, 3)
	var groups []*group
	for range d.whole(2, 5) {
		if g, made := w.group(who, pick(d, bucketCalls...), pick(d, w.buckets...), pick(d, implicit("identity"), implicit("identity"), implicit("resource"))); made {
			g.rhythm = "deployments"
			groups = append(groups, g)
		}
	}
	changes := d.chance(0.5)
	days(time.UTC, w.start, w.end, func(y int, m time.Month, dd int, noon time.Time) {
		if weekend(noon) {
			return
		}
		for range d.poisson(rate) {
			at := time.Date(y, m, dd, d.whole(7, 18), d.IntN(60), d.IntN(60), 0, time.UTC)
			if changes && d.chance(0.5) {
				c := putBucketPolicy(at, pick(d, groups...).bucket)
				c.actor = who
				w.quiet(c)
			}
			for _, g := range groups {
				if d.chance(0.8) {
					w.deny(g, nil, d.burst(at.Add(20*time.Second), d.whole(1, 3), 3*time.Minute)...)
				}
			}
		}
	})
}

// quiet adds a change that causes nothing, if its time is in the archive.
func (w *world) quiet(c *change) {
	if !c.at.Before(w.start) && c.at.Before(w.end) {
		w.change(c)
	}
}

// quietChanges are what people and pipelines change on working days, on the buckets and
// callers in the archive and on others, without any effect on a call.
func (w *world) quietChanges(d draw) {
	groups := w.order
	days(time.UTC, w.start, w.end, func(y int, m time.Month, dd int, noon time.Time) {
		if weekend(noon) && d.chance(0.8) {
			return
		}
		for range d.poisson(4) {
			at := time.Date(y, m, dd, d.whole(6, 19), d.IntN(60), d.IntN(60), 0, time.UTC)
			w.quiet(w.quietChange(d, at, pick(d, groups...)))
		}
		if d.chance(0.15) { // one tool that writes the policies of many buckets again
			at := time.Date(y, m, dd, d.whole(6, 19), d.IntN(60), d.IntN(60), 0, time.UTC)
			account := pick(d, accounts...)
			for _, b := range w.buckets {
				if b.account == account {
					w.quiet(putBucketPolicy(at, b))
					at = at.Add(time.Duration(d.whole(1, 4)) * time.Second)
				}
			}
		}
	})
}

// quietChange draws a change of something that is related to a group.
func (w *world) quietChange(d draw, at time.Time, g *group) *change {
	policy := managedPolicy(g.who.account, pick(d, "base", "logs", "tracing", "metrics"))
	switch n := d.IntN(20); {
	case n < 5 && g.bucket != nil:
		return putBucketPolicy(at, g.bucket)
	case n < 7 && g.who.kind == "role":
		return changeTrust(at, g.who)
	case n < 10:
		return putInline(at, g.who)
	case n < 12:
		return attachPolicy(at, g.who, policy)
	case n < 13:
		return detachPolicy(at, g.who, policy)
	case n < 15:
		return newPolicyVersion(at, g.who.account, policy)
	case n < 16:
		return modifyEndpoint(at, g.who.account, "vpce-0aaaa000000000001")
	case n < 17:
		return putKeyPolicy(at, g.who.account, keyARN(g.who.account, "00000000-0000-4000-8000-000000000001"))
	case n < 18:
		return blockPublicBucket(at, pick(d, w.buckets...))
	case n < 19:
		return updateOrganizationPolicy(at, fmt.Sprintf("p-oth%05d", d.IntN(20)))
	}
	return putBucketPolicy(at, pick(d, w.buckets...))
}

func keyARN(account, id string) string {
	return "arn:aws:kms:" + region(account) + ":" + account + ":key/" + id
}
