package model

import (
	"cmp"
	"slices"

	"trail403/aggregate"
	"trail403/report/advice"
)

// rank returns the policies in the order in which people should look at them:
// first the ongoing ones of incidents that started after a known change, then other
// ongoing ones, then those that have ended or nearly ended. Within each part the
// order of the result stays, which is by denials. Alarms are not among them.
func (b *builder) rank(incidents []*Incident) []*aggregate.Policy {
	var explained []*aggregate.Group
	for _, in := range incidents {
		if len(in.Changes) > 0 && in.Ongoing && !in.Fading {
			explained = append(explained, in.Members...)
		}
	}
	list := make([]*aggregate.Policy, 0, len(b.r.Documents))
	turn := map[*aggregate.Policy]int{}
	for _, p := range b.r.Documents {
		if advice.IsQuarantine(p.ARN) {
			continue
		}
		list = append(list, p)
		switch {
		case p.Recent == 0 || b.recent.fades(p.Denials, p.Recent, p.FirstSeen):
			turn[p] = 3
		case slices.ContainsFunc(explained, func(g *aggregate.Group) bool { return refuses(p, g) }):
			turn[p] = 1
		default:
			turn[p] = 2
		}
	}
	slices.SortStableFunc(list, func(a, b *aggregate.Policy) int { return cmp.Compare(turn[a], turn[b]) })
	return list
}

// refuses says whether any denials of a group belong to a policy.
func refuses(p *aggregate.Policy, g *aggregate.Group) bool {
	return slices.ContainsFunc(g.Causes, func(c aggregate.Cause) bool { return p.Refuses(&c) })
}
