package main

import (
	"slices"
	"time"
)

// A view is what a reader could know about a world at a moment: what was delivered by
// then.
type view struct {
	from    time.Time // the start of the window; zero if that is the start of the archive
	at      time.Time
	denials map[string][]denial // by group, in order of time
	groups  map[string]*group
	changes map[string]*change // by event id
	planted map[*planted]int   // denials delivered
}

type denial struct {
	at      time.Time
	planted *planted
}

// see collects what was delivered before a moment and is in the window.
func (w *world) see(from, at time.Time) *view {
	v := &view{from: from, at: at, denials: map[string][]denial{}, groups: w.groups, changes: map[string]*change{}, planted: map[*planted]int{}}
	keys := map[*group]string{}
	for i := range w.events {
		e := &w.events[i]
		switch {
		case !e.arrives.Before(at), e.key != "":
		case e.change != nil:
			v.changes[e.id] = e.change
		case !e.at.Before(from):
			key, ok := keys[e.group]
			if !ok {
				key = e.group.key()
				keys[e.group] = key
			}
			v.denials[key] = append(v.denials[key], denial{e.at, e.planted})
			if e.planted != nil {
				v.planted[e.planted]++
			}
		}
	}
	for _, list := range v.denials {
		slices.SortStableFunc(list, func(a, b denial) int { return a.at.Compare(b.at) })
	}
	return v
}

// A verdict is what a listed incident is. It is true if most of the denials of its
// groups since its onset belong to one planted incident.
type verdict struct {
	listed    *incident
	planted   *planted // nil if the listed incident is false
	strangers int      // groups that are not related to the planted one
	holds     int      // denials of the planted one that its groups have
	keys      []string // of its groups
}

// judge compares each listed incident with what was planted.
func (v *view) judge(r *report) (list []verdict) {
	keys := map[string]string{}
	for _, g := range r.Groups {
		keys[g.ID] = groupKey(g.Principal, g.Action, g.Bucket)
	}
	for i := range r.Incidents {
		x := verdict{listed: &r.Incidents[i]}
		for _, id := range x.listed.Groups {
			x.keys = append(x.keys, keys[id])
		}
		v.match(&x)
		list = append(list, x)
	}
	return list
}

// match finds the planted incident that a listed one reports.
func (v *view) match(x *verdict) {
	from := map[*planted]int{}  // denials since the listed onset
	whole := map[*planted]int{} // in total
	for _, key := range x.keys {
		for _, d := range v.denials[key] {
			if d.planted == nil {
				continue
			}
			whole[d.planted]++
			if !d.at.Before(x.listed.Onset) {
				from[d.planted]++
			}
		}
	}
	var best *planted
	for p, n := range from {
		if best == nil || n > from[best] || n == from[best] && p.number < best.number {
			best = p
		}
	}
	// An incident that started before the window cannot start in it.
	if best == nil || best.onset.Before(v.from) {
		return
	}
	all := 0
	for _, key := range x.keys {
		for _, d := range v.denials[key] {
			if !d.at.Before(x.listed.Onset) && !d.at.After(best.until) {
				all++
			}
		}
		if !v.belongs(key, best) {
			x.strangers++
		}
	}
	if 2*from[best] <= all {
		x.strangers = 0
		return
	}
	x.planted, x.holds = best, whole[best]
}

// belongs says whether a group has denials of a planted incident, or may be reported
// with it.
func (v *view) belongs(key string, p *planted) bool {
	return slices.ContainsFunc(v.denials[key], func(d denial) bool { return d.planted == p }) ||
		slices.ContainsFunc(p.companions, func(g *group) bool { return g.key() == key })
}

// A score is how a planted incident was reported.
type score struct {
	planted    *planted
	told       []verdict
	one        bool // by one listed incident, without strangers, with most of its denials
	named      bool // the right change among those that are named
	first      bool // the right change named first
	impossible []*change
	after      bool          // the change that ended it is named
	off        time.Duration // of the onset
}

// most is the share of a planted incident's denials that one listed incident must have
// for the planted one to count as reported in one piece.
const most = 0.8

// score collects what the verdicts say about a planted incident.
func (v *view) score(p *planted, verdicts []verdict) *score {
	s := &score{planted: p}
	for _, x := range verdicts {
		if x.planted == p {
			s.told = append(s.told, x)
		}
	}
	if len(s.told) == 0 {
		return s
	}
	main := s.largest()
	s.one = len(s.told) == 1 && main.strangers == 0 && float64(main.holds) >= most*float64(v.planted[p])
	s.off = main.listed.Onset.Sub(p.onset)
	for i, n := range main.listed.Changes {
		if slices.Contains(p.causes, v.changes[n.EventID]) {
			s.named = true
			s.first = s.first || i == 0
		}
	}
	for _, x := range s.told {
		for _, n := range x.listed.Changes {
			if c := v.changes[n.EventID]; c == nil || !p.possible(c) {
				s.impossible = append(s.impossible, c)
			}
		}
	}
	for _, n := range main.listed.ChangesAfter {
		s.after = s.after || p.fix != nil && v.changes[n.EventID] == p.fix
	}
	return s
}

// found says whether the planted incident is reported at all.
func (s *score) found() bool { return len(s.told) > 0 }

// largest is the listed incident that has most of the planted one's denials.
func (s *score) largest() verdict {
	return slices.MaxFunc(s.told, func(a, b verdict) int { return a.holds - b.holds })
}

func (s *score) main() *incident { return s.largest().listed }
