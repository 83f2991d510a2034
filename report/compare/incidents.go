package compare

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
)

var incidentStates = []IncidentState{Started, Mended, Proven, Ended, Ongoing, NotFound, Unread}

// incidentsOf says what became of incidents. Those that had ended before the earlier
// report are left out.
func incidentsOf(earlier, later *Report) (list []IncidentChange) {
	before, after := earlier.groups(), later.groups()
	left := make([]*Incident, 0, len(earlier.Incidents))
	for i := range earlier.Incidents {
		left = append(left, &earlier.Incidents[i])
	}
	found := map[*Incident]*Incident{} // the earlier one of each
	for _, same := range []func(a, b *Incident) bool{isSame, isAlike} {
		for i := range later.Incidents {
			in := &later.Incidents[i]
			if k := slices.IndexFunc(left, func(old *Incident) bool { return same(old, in) }); k >= 0 && found[in] == nil {
				found[in] = left[k]
				left = slices.Delete(left, k, k+1)
			}
		}
	}
	for i := range later.Incidents {
		in := &later.Incidents[i]
		c := IncidentChange{Incident: in, State: Started, IsOngoing: later.isOngoing(in.LastSeen), Cause: in.cause(after)}
		if old := found[in]; old != nil {
			c.EarlierID = old.ID
			c.State = stateOf(old, in, earlier.isOngoing(old.LastSeen), c.IsOngoing)
			if in.isMended(after) && !old.isMended(before) {
				c.State = Mended
			}
			if c.State == "" {
				continue
			}
		}
		list = append(list, c)
	}
	unread := missing(&earlier.Coverage, &later.Coverage)
	for _, old := range left {
		if !earlier.isOngoing(old.LastSeen) {
			continue
		}
		list = append(list, IncidentChange{
			Incident: old, EarlierID: old.ID, State: lost(old, before, after, later.recentFrom(), &unread),
			Cause: old.cause(before),
		})
	}
	slices.SortStableFunc(list, func(a, b IncidentChange) int {
		return cmp.Or(
			cmp.Compare(slices.Index(incidentStates, a.State), slices.Index(incidentStates, b.State)),
			cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func isSame(a, b *Incident) bool { return a.ID == b.ID }

// isAlike says whether an incident is one of the earlier report although its id differs:
// with more data, its onset may be found elsewhere. What its groups share is the same
// then, and the onset may be, and so are most of the groups of the smaller one.
func isAlike(a, b *Incident) bool {
	if a.Pattern != b.Pattern || a.Shared != b.Shared {
		return false
	}
	if a.OnsetHigh.Before(b.OnsetLow.Add(-day)) || b.OnsetHigh.Before(a.OnsetLow.Add(-day)) {
		return false
	}
	both := 0
	for _, id := range a.Groups {
		if slices.Contains(b.Groups, id) {
			both++
		}
	}
	return 2*both > min(len(a.Groups), len(b.Groups))
}

// stateOf says what became of an incident that both reports have, "" if it had ended
// before.
func stateOf(old, in *Incident, was, is bool) IncidentState {
	switch {
	case in.Certainty == aggregate.Proven && old.Certainty != aggregate.Proven:
		return Proven
	case was && !is:
		return Ended
	case is:
		return Ongoing
	}
	return ""
}

// isMended says whether successes show that an incident is over: a group that was denied
// succeeded after the last denial of all, and no other one made requests that do not show
// the same.
func (in *Incident) isMended(groups map[string]*Group) bool {
	shown := false
	for _, id := range in.Groups {
		g := groups[id]
		switch {
		case g == nil || g.Fixed == nil:
			return false
		case g.Fixed.State == aggregate.Fixed:
			shown = shown || g.Fixed.First != nil && g.Fixed.First.After(in.LastSeen)
		case g.Fixed.State != aggregate.NoRequestSince:
			return false
		}
	}
	return shown
}

// lost says what became of an ongoing incident that only the earlier report has.
func lost(old *Incident, before, after map[string]*Group, recent time.Time, unread *reading) IncidentState {
	hidden := 0
	for _, id := range old.Groups {
		if g := after[id]; g != nil && !g.LastSeen.Before(recent) {
			return NotFound
		}
		if g := before[id]; g != nil && after[id] == nil && unread.hides(g) {
			hidden++
		}
	}
	if hidden > 0 {
		return Unread
	}
	return Ended
}

// cause returns the cause that the groups share, or that of the first group.
func (in *Incident) cause(groups map[string]*Group) event.Cause {
	if in.Shared.Cause != "" {
		return in.Shared.Cause
	}
	for _, id := range in.Groups {
		if g := groups[id]; g != nil && len(g.Causes) > 0 {
			return g.Causes[0].Cause
		}
	}
	return event.Unrecognized
}
