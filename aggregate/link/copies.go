package link

import (
	"cmp"
	"slices"

	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// Unique returns one copy of each change, by time and event id. Copies are recognized
// by the rules for denials.
func Unique(list []event.Change) []event.Change {
	s := rows.NewSets(len(list))
	byEvent, byShared := map[string]int{}, map[string]int{}
	link := func(seen map[string]int, id string, i int) {
		if j, ok := seen[id]; ok {
			s.Join(i, j)
		} else if id != "" {
			seen[id] = i
		}
	}
	for i := range list {
		if c := &list[i]; c.EventID != "" {
			link(byEvent, c.EventID, i)
			link(byShared, c.SharedEventID, i)
			link(byEvent, c.OriginalEventID, i)
		}
	}
	best := map[int]int{}
	for i := range list {
		root := s.Root(i)
		if b, ok := best[root]; !ok || compareCopies(&list[i], &list[b]) < 0 {
			best[root] = i
		}
	}
	var once []event.Change
	for i := range list {
		if best[s.Root(i)] == i {
			once = append(once, list[i])
		}
	}
	slices.SortFunc(once, func(a, b event.Change) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.EventID, b.EventID), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return once
}

// compareCopies orders the copies of one change, the one to keep first, by the same
// rules as for denials. A copy that names no targets is the least useful.
func compareCopies(a, b *event.Change) int {
	return cmp.Or(
		trueFirst(len(a.Targets) > 0, len(b.Targets) > 0),
		trueFirst(a.HasARN, b.HasARN),
		trueFirst(a.Account != "" && a.Account == a.ActorAccount, b.Account != "" && b.Account == b.ActorAccount),
		cmp.Compare(a.Account, b.Account),
		cmp.Compare(a.EventID, b.EventID),
		cmp.Compare(a.Fingerprint, b.Fingerprint),
	)
}

// trueFirst orders true before false.
func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
