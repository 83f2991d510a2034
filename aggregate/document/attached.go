package document

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

const managedPolicy = change.Policy

// link is a relation that starts or ends at a time.
type link struct {
	at      time.Time
	eventID string
	event.Relation
	to   event.Target
	ends bool

	file     bool // a file says that the relation is there, since when is not known
	complete bool // there are no others at that time than those that the same file names
}

// links are the relations of each role, user and group.
type links map[event.Target][]link

// add notes the relations that a change started or ended.
func (all links) add(c *event.Change) {
	r, ends := relationOf(c.Name)
	if c.Source != "iam.amazonaws.com" || r == "" || len(c.Targets) == 0 {
		return
	}
	from := c.Targets[0]
	for _, to := range c.Targets[1:] {
		if (r == event.Member) == (to.Type == change.Group) {
			all[from] = append(all[from], link{at: c.Time, eventID: c.EventID, Relation: r, to: to, ends: ends})
		}
	}
	if len(c.Targets) == 1 && r == event.Bounded && ends {
		all[from] = append(all[from], link{at: c.Time, eventID: c.EventID, Relation: r, ends: true})
	}
}

// addSnapshot notes the relations that a file has.
func (all links) addSnapshot(s *event.Snapshot) {
	for _, of := range s.Complete {
		for _, r := range [...]event.Relation{event.Attached, event.Bounded, event.Member} {
			all[of] = append(all[of], link{at: s.Time, Relation: r, file: true, complete: true})
		}
	}
	for _, l := range s.Links {
		all[l.Of] = append(all[l.Of], link{at: s.Time, Relation: l.Relation, to: l.To, file: true})
	}
}

// sort puts the links of each thing into the order of time. That a file names all
// comes before what it names.
func (all links) sort() {
	for _, list := range all {
		slices.SortStableFunc(list, func(x, y link) int {
			return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.eventID, y.eventID), boolOrder(y.complete, x.complete),
				cmp.Compare(x.to.Name, y.to.Name))
		})
	}
}

// boolOrder orders false before true.
func boolOrder(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// relationOf returns the relation that a call of IAM starts, or ends.
func relationOf(name string) (r event.Relation, ends bool) {
	switch {
	case strings.HasPrefix(name, "Attach") && strings.HasSuffix(name, "Policy"):
		return event.Attached, false
	case strings.HasPrefix(name, "Detach") && strings.HasSuffix(name, "Policy"):
		return event.Attached, true
	case strings.HasPrefix(name, "Put") && strings.HasSuffix(name, "PermissionsBoundary"),
		name == "CreateRole", name == "CreateUser":
		return event.Bounded, false
	case strings.HasPrefix(name, "Delete") && strings.HasSuffix(name, "PermissionsBoundary"):
		return event.Bounded, true
	case name == "AddUserToGroup":
		return event.Member, false
	case name == "RemoveUserFromGroup":
		return event.Member, true
	}
	return "", false
}

// of returns what a thing was linked to at the time, as far as the trail and the files
// show. If no file is as old, those that are younger tell, unless the trail shows that
// the relation started or ended in between.
func (all links) of(from event.Target, r event.Relation, at time.Time) (to []event.Target) {
	list := all[from]
	known := false
	for i := range list {
		l := &list[i]
		if l.Relation != r || l.at.After(at) {
			continue
		}
		known = known || l.file
		to = l.apply(to)
	}
	if known {
		return to
	}
	for i := range list {
		l := &list[i]
		isLater := l.Relation == r && l.at.After(at) && l.file && !l.complete
		if isLater && !changedWithin(list[:i], l, at) {
			to = l.apply(to)
		}
	}
	return to
}

// apply returns what is linked after the link.
func (l *link) apply(to []event.Target) []event.Target {
	switch {
	case l.complete:
		return nil
	case l.Relation == event.Bounded: // there is one boundary at most
		to = nil
	default:
		to = slices.DeleteFunc(to, func(t event.Target) bool { return t == l.to })
	}
	if !l.ends {
		to = append(to, l.to)
	}
	return to
}

// changedWithin says whether a change after the time started or ended the relation
// that a file has.
func changedWithin(list []link, l *link, at time.Time) bool {
	for i := range list {
		c := &list[i]
		same := c.to == l.to || l.Relation == event.Bounded
		if !c.file && c.Relation == l.Relation && c.at.After(at) && same {
			return true
		}
	}
	return false
}
