package aggregate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"trail403/aggregate/incident"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// suspects are the changes that could have caused denials of groups: for each
// change in order of time, the groups, by index.
type suspects struct {
	l       *linker
	changes []incident.Change
}

// suspectsOf asks for each group which changes could have caused denials of its
// kind. Work grows with the groups and with the changes that concern them.
func (l *linker) suspectsOf(groups []Group) *suspects {
	s := &suspects{l: l, changes: make([]incident.Change, len(l.changes))}
	type place struct {
		service string
		target  event.Target
	}
	main := map[place][]int{}
	var indirect, organization []int // on what is only the way to something; of the organization's policies
	for i := range l.changes {
		c := &l.changes[i]
		s.changes[i].At = c.Time.UnixMicro()
		if len(c.Targets) == 0 {
			continue
		}
		switch c.Targets[0].Type {
		case change.AccessPoint, change.MultiRegionAccessPoint, change.Alias:
			indirect = append(indirect, i)
		case change.OrganizationPolicy:
			organization = append(organization, i)
		}
		p := place{serviceOf(c), c.Targets[0]}
		main[p] = append(main[p], i)
	}
	if len(l.changes) == 0 {
		return s
	}
	var near []int
	for n := range groups {
		a := l.aboutOf([]*Group{&groups[n]})
		near = near[:0]
		for service, targets := range a.by {
			for t := range targets {
				near = append(near, main[place{service, t}]...)
			}
		}
		for t := range a.principals {
			near = append(near, main[place{"iam", t}]...)
		}
		near = append(near, indirect...)
		if a.unnamed {
			near = append(near, organization...)
		}
		slices.Sort(near)
		for _, i := range slices.Compact(near) {
			c := &l.changes[i]
			causes, _ := a.touches(c)
			if causes == impossible || identity.Key(c.Actor) == identity.Key(groups[n].Principal) {
				continue // who deploys is denied while it changes things, not because of it
			}
			s.changes[i].Groups = append(s.changes[i].Groups, n)
			if causes == unlikely {
				s.changes[i].Unlikely = append(s.changes[i].Unlikely, n)
			}
		}
	}
	return s
}

// before returns the changes within the window before the onset that could have
// caused denials of at least half of the groups, nearest first; those that
// explain the incident come before all others.
func (s *suspects) before(found *incident.Incident, onset time.Time) (links []Link) {
	link := func(i int) Link { return Link{i, onset.Sub(s.l.changes[i].Time)} }
	for _, i := range found.Changes {
		links = append(links, link(i))
	}
	slices.SortFunc(links, func(a, b Link) int { return cmp.Or(cmp.Compare(a.Lag, b.Lag), cmp.Compare(a.Change, b.Change)) })
	links = slices.DeleteFunc(links, func(l Link) bool { return l.Lag < 0 })
	for i := s.l.until(onset) - 1; i >= 0 && onset.Sub(s.l.changes[i].Time) <= s.l.window && len(links) < maxLinks; i-- {
		if !slices.Contains(found.Changes, i) && s.concerns(i, found) {
			links = append(links, link(i))
		}
	}
	return links
}

// concerns says whether a change could have caused denials of at least half of an
// incident's groups, and is not an unlikely cause of as many.
func (s *suspects) concerns(i int, found *incident.Incident) bool {
	c := &s.changes[i]
	return 2*common(c.Groups, found.Groups) >= len(found.Groups) && 2*common(c.Unlikely, found.Groups) < len(found.Groups)
}

// moments returns when such changes came, of those after low and not after high.
func (s *suspects) moments(found *incident.Incident) (times []int64) {
	for i := s.l.until(time.UnixMicro(found.Low)); i < s.l.until(time.UnixMicro(found.High)); i++ {
		if s.concerns(i, found) {
			times = append(times, s.changes[i].At)
		}
	}
	return times
}

// common counts what two ascending lists have in common.
func common(a, b []int) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch d := a[0] - b[0]; {
		case d == 0:
			n++
			a, b = a[1:], b[1:]
		case d < 0:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return n
}

// How far apart the parts of one action are: the same call in several accounts by
// one tool, and one policy that is rolled out over a day.
const (
	partsOfCall   = 15 * time.Minute
	partsOfPolicy = 24 * time.Hour
)

// rollouts makes one incident of those that parts of one action explain: the same
// call by the same actor in several accounts within minutes, as StackSets and
// pipelines make it, or on one policy of the organization within a day.
func (s *suspects) rollouts(found []incident.Incident) (kept []incident.Incident) {
	slices.SortStableFunc(found, func(a, b incident.Incident) int { return cmp.Compare(a.Onset, b.Onset) })
	joined := make([]bool, len(found))
	for i := range found {
		if joined[i] {
			continue
		}
		in := found[i]
		for j := i + 1; j < len(found) && len(in.Changes) > 0; j++ {
			if joined[j] || len(found[j].Changes) == 0 || !s.sameAction(in.Changes, found[j].Changes[0]) {
				continue
			}
			joined[j] = true
			in.Groups = append(slices.Clone(in.Groups), found[j].Groups...)
			in.Changes = append(slices.Clone(in.Changes), found[j].Changes...)
			in.Events += found[j].Events
			in.High, in.To = max(in.High, found[j].High), max(in.To, found[j].To)
			in.Key = incident.Key{}
		}
		slices.Sort(in.Groups)
		kept = append(kept, in)
	}
	return kept
}

// sameAction says whether a change is a further part of an action.
func (s *suspects) sameAction(parts []int, next int) bool {
	b := &s.l.changes[next]
	return slices.ContainsFunc(parts, func(i int) bool {
		a := &s.l.changes[i]
		if a.Name != b.Name || a.Source != b.Source || actorName(a) != actorName(b) || len(a.Targets) == 0 || len(b.Targets) == 0 {
			return false
		}
		apart := b.Time.Sub(a.Time).Abs()
		x, y := a.Targets[0], b.Targets[0]
		return x == y && x.Type == change.OrganizationPolicy && apart <= partsOfPolicy ||
			a.Account != b.Account && x.Type == y.Type && apart <= partsOfCall
	})
}

// actorName names who made a change without the account: tools that act in many
// accounts take a role of one name in each.
func actorName(c *event.Change) string { return lastPart(c.Actor) }

// lastPart returns what comes last in an ARN: a name or an id.
func lastPart(arn string) string { return arn[strings.LastIndexAny(arn, "/:")+1:] }
