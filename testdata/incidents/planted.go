package main

import (
	"slices"
	"time"
)

// A planted incident, and the truth about it.
type planted struct {
	kind    *kind
	number  int       // in its archive
	onset   time.Time // its first denial
	until   time.Time // its last denial, or the end of the archive
	ends    time.Time // when the last new denial comes; the end of the archive if it is ongoing
	groups  []*group
	denials []time.Time // as delivered, in order of time

	causes  []*change // any of which is the right answer
	fix     *change   // that ended it
	touches []string  // what its denials are related to
	cause   string    // of its denials
	// companions are groups that may be reported with it, although none of their
	// denials belongs to it: those of the role that was there before it was renamed.
	companions []*group
}

// plan is the planting of one incident.
type plan struct {
	*planted
	w  *world
	d  draw
	at time.Time // when the cause changes, or the first denial is due
}

// changed notes the change that causes the incident.
func (p *plan) changed(c *change) *change {
	p.causes = append(p.causes, p.w.change(c))
	p.touches = append(p.touches, c.touches...)
	return c
}

// decoy adds a change that is not the cause.
func (p *plan) decoy(c *change) {
	if c.at.After(p.w.start) && c.at.Before(p.w.end) {
		p.w.change(c)
	}
}

// before draws a moment some minutes before the cause changes, and after draws one
// between a minute and an hour after the onset.
func (p *plan) before() time.Time { return p.at.Add(-p.d.span(time.Minute, 40*time.Minute)) }
func (p *plan) after() time.Time  { return p.at.Add(p.d.span(30*time.Minute, 4*time.Hour)) }

// deny makes a group be denied from a moment on, at a rate per day. The first denial
// comes at that moment.
func (p *plan) deny(g *group, from time.Time, perDay float64) {
	var times []time.Time
	for t := from; t.Before(p.ends); t = t.Add(time.Duration(p.d.ExpFloat64() / perDay * float64(day))) {
		times = append(times, t)
	}
	p.add(g, times...)
}

// add adds denials of the incident.
func (p *plan) add(g *group, times ...time.Time) {
	if !slices.Contains(p.groups, g) {
		p.groups = append(p.groups, g)
	}
	p.w.deny(g, p.planted, times...)
}

// start denies new groups from the start of the incident: the first within minutes
// after the change, the others when they happen to call.
func (p *plan) start(groups []*group) {
	first := p.at.Add(p.d.span(10*time.Second, 4*time.Minute))
	for i, g := range groups {
		at := first
		if i > 0 {
			at = first.Add(p.d.span(5*time.Second, 40*time.Minute))
		}
		p.deny(g, at, p.d.between(8, 120))
	}
}

// fresh makes a group that did not exist, with one of the calls.
func (p *plan) fresh(who *principal, b *bucket, why reason, calls ...string) *group {
	for {
		if g, made := p.w.group(who, pick(p.d, calls...), b, why); made {
			return g
		}
		if who.kind == "user" {
			who = p.w.newPerson(who.account)
		} else {
			who = p.w.newRole(who.account)
		}
	}
}

// callers takes roles of some accounts: new ones, and now and then one that is
// denied other things all the time.
func (p *plan) callers(n int, accounts ...string) (list []*principal) {
	for len(list) < n {
		who := p.w.newRole(pick(p.d, accounts...))
		if g := pick(p.d, p.w.order...); p.d.chance(0.25) && g.who.kind == "role" && slices.Contains(accounts, g.who.account) && !slices.Contains(list, g.who) {
			who = g.who
		}
		list = append(list, who)
	}
	return list
}

// bucketOf takes a bucket of an account: half of the time one in which background
// groups are denied.
func (p *plan) bucketOf(account string) *bucket {
	if p.d.chance(0.5) {
		for range 50 {
			if b := pick(p.d, p.w.buckets...); b.account == account {
				return b
			}
		}
	}
	return p.w.newBucket(account)
}

// bucketsOf takes some buckets of an account, each once.
func (p *plan) bucketsOf(account string, n int) (list []*bucket) {
	for len(list) < n {
		if b := p.bucketOf(account); !slices.Contains(list, b) {
			list = append(list, b)
		}
	}
	return list
}

// onBucket makes a group for each caller on a bucket.
func (p *plan) onBucket(b *bucket, why reason, who []*principal) (list []*group) {
	p.touches = append(p.touches, ofBucket(b), ofAccount(b.account))
	for _, c := range who {
		list = append(list, p.fresh(c, b, why, objectCalls...))
	}
	return list
}

// byCaller makes groups of one caller on some buckets.
func (p *plan) byCaller(who *principal, why reason, buckets []*bucket) (list []*group) {
	p.touches = append(p.touches, ofPrincipal(who))
	for _, b := range buckets {
		g, made := p.w.group(who, pick(p.d, objectCalls...), b, why)
		for !made { // a caller that is denied there already is denied another call
			g, made = p.w.group(who, pick(p.d, append(bucketCalls, objectCalls...)...), b, why)
		}
		list = append(list, g)
	}
	return list
}

// habitual takes groups that are denied all the time at a level that a reader
// would call normal, of those that ok accepts.
func (p *plan) habitual(n int, ok func(*group) bool) (list []*group) {
	for _, i := range p.d.Perm(len(p.w.order)) {
		g := p.w.order[i]
		switch g.rhythm {
		case "steady", "levels", "office hours", "bursts", "nightly":
			if g.seen >= 8 && ok(g) && !p.w.taken(g) {
				list = append(list, g)
			}
		}
		if len(list) == n {
			break
		}
	}
	return list
}

// taken says whether a planted incident has the group.
func (w *world) taken(g *group) bool {
	return slices.ContainsFunc(w.planted, func(p *planted) bool { return slices.Contains(p.groups, g) })
}

// jump denies a group many times as often as its rhythm does.
func (p *plan) jump(g *group, from time.Time) {
	perDay := float64(g.seen) / (p.w.end.Sub(p.w.start).Hours() / 24)
	p.deny(g, from, max(24, perDay*p.d.between(8, 15)))
}

// plant adds an incident of a kind whose cause changes at a moment, and says
// whether the world has what the kind needs.
func (w *world) plant(k *kind, d draw, at time.Time) bool {
	p := &plan{planted: &planted{kind: k, ends: w.end}, w: w, d: d, at: at.Truncate(time.Second)}
	if lasts := d.span(3*time.Hour, 20*day); d.chance(0.6) || k.ends {
		if k.ends {
			lasts = d.span(6*time.Hour, 4*day)
		}
		if end := at.Add(lasts); end.Before(w.end) {
			p.ends = end
		}
	}
	w.planted = append(w.planted, p.planted)
	if !k.plant(p) {
		w.planted = slices.DeleteFunc(w.planted, func(q *planted) bool { return q == p.planted })
		return false
	}
	p.cause = p.groups[0].why.cause
	return true
}

// close computes what follows from the denials that were delivered.
func (p *planted) close(w *world) {
	p.denials = nil
	for _, e := range w.events {
		if e.planted == p && e.key == "" {
			p.denials = append(p.denials, e.at)
		}
	}
	p.groups = slices.DeleteFunc(p.groups, func(g *group) bool {
		return !slices.ContainsFunc(w.events, func(e event) bool { return e.planted == p && e.group == g })
	})
	slices.SortFunc(p.denials, time.Time.Compare)
	if len(p.denials) > 0 {
		p.onset, p.until = p.denials[0], p.denials[len(p.denials)-1]
	}
}

// possible says whether a change that the report names could be the cause, as far
// as a reader of the trail could know.
func (p *planted) possible(c *change) bool {
	return slices.Contains(p.causes, c) || c.could(p.touches, p.cause, p.onset)
}
