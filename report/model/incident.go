package model

import (
	"strings"

	"trail403/aggregate"
	"trail403/report/advice"
)

// incidents joins each incident with its groups.
func (b *builder) incidents() []*Incident {
	members := map[string][]*aggregate.Group{}
	for i := range b.r.Groups {
		if g := &b.r.Groups[i]; g.IncidentID != "" {
			members[g.IncidentID] = append(members[g.IncidentID], g)
		}
	}
	same := byRequestOf(b.r)
	list := make([]*Incident, 0, len(b.r.Incidents))
	for i := range b.r.Incidents {
		in := &Incident{Incident: &b.r.Incidents[i], Number: i + 1}
		in.Members = members[in.ID]
		for _, g := range in.Members {
			in.All += g.Denials
		}
		in.Recent = min(b.recent.of(in.Members), in.Denials)
		in.Ongoing = b.recent.holds(in.LastSeen)
		in.Fading = b.recent.fades(in.Denials, in.Recent, in.Onset)
		in.Renamed = same.renamed(in)
		in.Unread, in.Owner = unread(b.r, in.Members, in.Cause)
		in.Alarm = advice.IsQuarantine(in.Shared.PolicyARN)
		if i < b.shown(len(b.r.Incidents)) {
			in.Example = example(in)
			in.Policy = b.policyOf(in.Members)
		}
		list = append(list, in)
	}
	return list
}

// policyOf returns the policy of the reason for which the groups have the most
// denials, nil if there is none.
func (b *builder) policyOf(groups []*aggregate.Group) *aggregate.Policy {
	var group *aggregate.Group
	var most aggregate.Cause
	for _, g := range groups {
		for _, c := range g.Causes {
			if c.Denials > most.Denials {
				group, most = g, c
			}
		}
	}
	for _, p := range b.r.Documents {
		if group != nil && p.Refuses(&most) {
			return p
		}
	}
	return nil
}

// example returns the earliest example since the onset, or else before it, nil if
// the groups have none: what `explain` takes, and where to look on.
func example(in *Incident) (first *aggregate.Example) {
	before := func(e *aggregate.Example) bool { return e.EventTime.Before(in.Onset) }
	for _, g := range in.Members {
		for i := range g.Examples {
			e := &g.Examples[i]
			if e.EventID == "" || e.Message.IsEmpty() {
				continue
			}
			if first == nil || before(first) && !before(e) ||
				before(first) == before(e) && e.EventTime.Before(first.EventTime) {
				first = e
			}
		}
	}
	return first
}

// NamesKey says whether the message of an example names the object.
func NamesKey(e *aggregate.Example) bool { return e.Key == "" || strings.Contains(e.Text(), e.Key) }
