package main

import (
	"fmt"
	"slices"
	"time"
)

// A world is what happens in one archive, and the truth about it.
type world struct {
	name       string
	seed       uint64
	start, end time.Time
	draw       draw

	buckets []*bucket
	groups  map[string]*group
	order   []*group // of groups, as they were made
	events  []event
	changes []*change
	planted []*planted
	gaps    []gap
	names   int
}

// A group is who is denied what on which bucket, and why.
type group struct {
	who    *principal
	call   string
	bucket *bucket // nil for calls of an account
	why    reason
	rhythm string // empty if only planted incidents deny it

	endpoint    string // the VPC endpoint that the calls go through, or empty
	network     bool   // seen in network activity events only
	accessPoint string // ARN, or empty

	prefix, infix, suffix string // of its records, around time and event id
	seen                  int    // denials of its rhythm
}

// key names a group as the report does.
func (g *group) key() string {
	name := ""
	if g.bucket != nil {
		name = g.bucket.name
	}
	return groupKey(g.who.arn(), actions[g.call], name)
}

func groupKey(principal, action, bucket string) string {
	return principal + " " + action + " " + bucket
}

// An event is one record of the archive: a denial, a change, or KMS's own record
// of a denial.
type event struct {
	at, arrives time.Time
	group       *group
	change      *change
	key         string // ARN of the key whose denial KMS records itself
	planted     *planted
	id          string
}

// A gap is a day of an account that was never delivered.
type gap struct {
	account string
	day     time.Time
}

func newWorld(name string, seed uint64, start, end time.Time) *world {
	return &world{name: name, seed: seed, start: start, end: end, draw: newDraw(seed, name), groups: map[string]*group{}}
}

// group returns the group of a call, which is made if it is not there.
func (w *world) group(who *principal, call string, b *bucket, why reason) (g *group, made bool) {
	g = &group{who: who, call: call, bucket: b, why: why}
	if old := w.groups[g.key()]; old != nil {
		return old, false
	}
	w.groups[g.key()] = g
	w.order = append(w.order, g)
	return g, true
}

// deny adds denials of a group at the times that lie in the archive.
func (w *world) deny(g *group, p *planted, times ...time.Time) {
	for _, t := range times {
		if t.Before(w.start) || !t.Before(w.end) {
			continue
		}
		w.add(event{at: t.UTC().Truncate(time.Second), group: g, planted: p})
		if p == nil {
			g.seen++
		}
	}
}

// add adds an event. Its id, and when it is delivered, depend on how many events were
// added before it.
func (w *world) add(e event) {
	e.arrives = e.at.Add(time.Minute + min(14*time.Minute, time.Duration(w.draw.ExpFloat64()*float64(2*time.Minute))))
	a, b := w.draw.Uint64(), w.draw.Uint64()
	e.id = fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>52, b&0xffffffffffff)
	if e.change != nil {
		e.change.id = e.id
	}
	w.events = append(w.events, e)
}

// finish drops what was not delivered and puts the events in the order in which
// they arrive.
func (w *world) finish() {
	w.events = slices.DeleteFunc(w.events, func(e event) bool {
		return slices.Contains(w.gaps, gap{e.account(), e.arrives.Add(shift).Truncate(day)})
	})
	slices.SortStableFunc(w.events, func(a, b event) int { return a.arrives.Compare(b.arrives) })
	for i, p := range w.planted {
		p.number = i
		p.close(w)
	}
}

// account is the one whose trail has the record.
func (e *event) account() string {
	if e.change != nil {
		return e.change.account
	}
	return e.group.who.account
}
