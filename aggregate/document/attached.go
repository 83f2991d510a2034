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

// A relation says how a thing is linked to a policy or group.
type relation string

const (
	attached relation = "attached" // a managed policy
	bounded  relation = "bounded"  // by a managed policy as permissions boundary
	member   relation = "member"   // of a group
)

// link is a relation that starts or ends at a time.
type link struct {
	at      time.Time
	eventID string
	relation
	to   event.Target
	ends bool
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
		if (r == member) == (to.Type == change.Group) {
			all[from] = append(all[from], link{c.Time, c.EventID, r, to, ends})
		}
	}
	if len(c.Targets) == 1 && r == bounded && ends {
		all[from] = append(all[from], link{c.Time, c.EventID, r, event.Target{}, true})
	}
}

// sort puts the links of each thing into the order of time.
func (all links) sort() {
	for _, list := range all {
		slices.SortFunc(list, func(x, y link) int {
			return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.eventID, y.eventID), cmp.Compare(x.to.Name, y.to.Name))
		})
	}
}

// relationOf returns the relation that a call of IAM starts, or ends.
func relationOf(name string) (r relation, ends bool) {
	switch {
	case strings.HasPrefix(name, "Attach") && strings.HasSuffix(name, "Policy"):
		return attached, false
	case strings.HasPrefix(name, "Detach") && strings.HasSuffix(name, "Policy"):
		return attached, true
	case strings.HasPrefix(name, "Put") && strings.HasSuffix(name, "PermissionsBoundary"),
		name == "CreateRole", name == "CreateUser":
		return bounded, false
	case strings.HasPrefix(name, "Delete") && strings.HasSuffix(name, "PermissionsBoundary"):
		return bounded, true
	case name == "AddUserToGroup":
		return member, false
	case name == "RemoveUserFromGroup":
		return member, true
	}
	return "", false
}

// of returns what a thing was linked to at the time, as far as the trail shows.
func (all links) of(from event.Target, r relation, at time.Time) (to []event.Target) {
	for _, l := range all[from] {
		switch {
		case l.relation != r || l.at.After(at):
			continue
		case r == bounded: // there is one boundary at most
			to = nil
		default:
			to = slices.DeleteFunc(to, func(t event.Target) bool { return t == l.to })
		}
		if !l.ends {
			to = append(to, l.to)
		}
	}
	return to
}
