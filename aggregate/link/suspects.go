package link

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/group"
	"trail403/aggregate/incident"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Suspects are the changes that could have caused denials of groups. For each change,
// in order of time, it holds the indexes of the groups.
type Suspects struct {
	l       *Linker
	changes []incident.Change
}

// Suspects finds, for each group, the changes that could have caused denials of its
// kind. The work grows with the groups and with the changes that concern them.
func (l *Linker) Suspects(groups []group.Group) *Suspects {
	s := &Suspects{l: l, changes: make([]incident.Change, len(l.changes))}
	for i := range l.changes {
		s.changes[i].At = l.changes[i].Time.UnixMicro()
	}
	if len(l.changes) == 0 {
		return s
	}
	where := indexOf(l.changes, l.only)
	var near []int
	for n := range groups {
		a := l.About(&groups[n])
		near = where.near(a, near[:0])
		for _, i := range near {
			c := &l.changes[i]
			causes, _ := a.touches(c)
			if causes == impossible || identity.Key(c.Actor) == identity.Key(groups[n].Principal) {
				continue // a deployer is denied while it changes things, not because of the changes
			}
			s.changes[i].Groups = append(s.changes[i].Groups, n)
			if causes == unlikely {
				s.changes[i].Unlikely = append(s.changes[i].Unlikely, n)
			}
		}
	}
	return s
}

// Changes returns the changes and the groups whose denials each could have caused.
func (s *Suspects) Changes() incident.Changes {
	return incident.Changes{List: s.changes, Reach: s.l.window.Microseconds()}
}

// Prove notes of which groups it is known that a change caused their denials. explains
// returns nil for a change of which nothing is known, or says it of a group.
func (s *Suspects) Prove(explains func(c *event.Change) func(group int) bool) {
	for i := range s.changes {
		c := &s.changes[i]
		if len(c.Groups) == 0 {
			continue
		}
		of := explains(&s.l.changes[i])
		if of == nil {
			continue
		}
		for _, n := range c.Groups {
			if of(n) {
				c.Proven = append(c.Proven, n)
			}
		}
	}
}

// Before returns the changes within the window before the onset that could have caused
// denials of at least half of the groups, nearest first. Those that explain the
// incident come before all others.
func (s *Suspects) Before(found *incident.Incident, onset time.Time) (links []group.Link) {
	link := func(i int) group.Link { return group.Link{Change: i, Lag: onset.Sub(s.l.changes[i].Time)} }
	for _, i := range found.Changes {
		links = append(links, link(i))
	}
	slices.SortFunc(links, func(a, b group.Link) int { return cmp.Or(cmp.Compare(a.Lag, b.Lag), cmp.Compare(a.Change, b.Change)) })
	links = slices.DeleteFunc(links, func(l group.Link) bool { return l.Lag < 0 })
	for i := s.l.until(onset) - 1; i >= 0 && onset.Sub(s.l.changes[i].Time) <= s.l.window && len(links) < maxLinks; i-- {
		if !slices.Contains(found.Changes, i) && s.concerns(i, found) {
			links = append(links, link(i))
		}
	}
	return links
}

// concerns says whether a change could have caused denials of at least half of an
// incident's groups, and is not an unlikely cause of as many.
func (s *Suspects) concerns(i int, found *incident.Incident) bool {
	c := &s.changes[i]
	return 2*common(c.Groups, found.Groups) >= len(found.Groups) && 2*common(c.Unlikely, found.Groups) < len(found.Groups)
}

// Moments returns when such changes came, after low and not after high.
func (s *Suspects) Moments(found *incident.Incident) (times []int64) {
	for i := s.l.until(time.UnixMicro(found.Low)); i < s.l.until(time.UnixMicro(found.High)); i++ {
		if s.concerns(i, found) {
			times = append(times, s.changes[i].At)
		}
	}
	return times
}

// common counts the numbers that two ascending lists have in common.
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
