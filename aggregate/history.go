package aggregate

import (
	"slices"
	"time"

	"trail403/aggregate/finding"
	"trail403/aggregate/rows"
)

// history is what the time before a window says about the incidents that started in it:
// how often their groups had been denied before the onset.
type history struct {
	from   int64 // the start of the window
	before map[string]level
}

// level is how many denials came in how long a time, in microseconds.
type level struct {
	denials int
	length  int64
}

// historyOf counts the denials before the onsets of the incidents that started before
// the window, from the time on that was seen. groups are in the order of all.
func historyOf(all *rows.Groups, groups []Group, incidents []Incident, seenFrom, from int64) history {
	h := history{from: from, before: map[string]level{}}
	onset := map[string]int64{}
	for i := range incidents {
		if at := incidents[i].Onset.UnixMicro(); at < from {
			onset[incidents[i].ID] = at
		}
	}
	if len(onset) == 0 {
		return h
	}
	for n := range groups {
		id := groups[n].IncidentID
		at, ok := onset[id]
		if !ok {
			continue
		}
		l := h.before[id]
		l.length = at - seenFrom
		for r := range all.Rows(n) {
			if r.Micros >= seenFrom && r.Micros < at {
				l.denials++
			}
		}
		h.before[id] = l
	}
	return h
}

// continues is how many times the level before its onset an incident has in the window,
// to be one that continues.
const continues = 2

// holds says whether an incident that started before the window continues in it: its
// denials in so long a time are more than there were before the onset.
func (h *history) holds(in *Incident, denials int, length int64) bool {
	before := h.before[in.ID]
	if before.denials == 0 || length <= 0 {
		return true
	}
	return float64(denials)*float64(before.length) >= continues*float64(before.denials)*float64(length)
}

// restrict makes the result one of the window: its groups, which hold only denials of
// the window, get what was found about them among all denials. found are the groups of
// all denials, and all are the rows of the window. An incident has the groups that are
// denied in the window, and is left out if it was over before the window.
func (h *history) restrict(r *Result, found []Group, all *rows.Groups) {
	byID := make(map[string]*Group, len(found))
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	members := map[string][]int{}
	last := h.from
	for n := range r.Groups {
		g := &r.Groups[n]
		inherit(g, byID[g.ID])
		g.Unseen = slices.DeleteFunc(slices.Clone(g.Unseen), func(day time.Time) bool {
			return !day.Add(24 * time.Hour).After(r.Window.From)
		})
		last = max(last, g.LastSeen.UnixMicro())
		if g.IncidentID != "" {
			members[g.IncidentID] = append(members[g.IncidentID], n)
		}
	}
	kept := r.Incidents[:0]
	for _, in := range r.Incidents {
		if groups := members[in.ID]; len(groups) > 0 {
			in.Restrict(r.Groups, groups, all)
			if in.Onset.UnixMicro() >= h.from || h.holds(&in, in.Denials, last+1-h.from) {
				kept = append(kept, in)
				continue
			}
			for _, n := range groups {
				r.Groups[n].IncidentID = ""
			}
		}
	}
	r.Incidents = kept
	finding.Sort(r.Incidents)
}
