package aggregate

import (
	"cmp"
	"slices"

	"trail403/ingest/event"
)

// onlyOnce returns one copy of each change, by time and event id. Copies are told
// by the rules for denials.
func onlyOnce(list []event.Change) []event.Change {
	s := newSets(len(list))
	byEvent, byShared := map[string]int{}, map[string]int{}
	link := func(seen map[string]int, id string, i int) {
		if j, ok := seen[id]; ok {
			s.join(i, j)
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
		root := s.root(i)
		if b, ok := best[root]; !ok || compareChangeCopies(&list[i], &list[b]) < 0 {
			best[root] = i
		}
	}
	var once []event.Change
	for i := range list {
		if best[s.root(i)] == i {
			once = append(once, list[i])
		}
	}
	slices.SortFunc(once, func(a, b event.Change) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.EventID, b.EventID), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return once
}

// compareChangeCopies orders copies of one change as compareCopies does those of
// a denial. A copy that tells no targets is of least use.
func compareChangeCopies(a, b *event.Change) int {
	return cmp.Or(
		cmpBool(len(a.Targets) > 0, len(b.Targets) > 0),
		cmpBool(a.HasARN, b.HasARN),
		cmpBool(a.Account != "" && a.Account == a.ActorAccount, b.Account != "" && b.Account == b.ActorAccount),
		cmp.Compare(a.Account, b.Account),
		cmp.Compare(a.EventID, b.EventID),
		cmp.Compare(a.Fingerprint, b.Fingerprint),
	)
}

// cmpBool puts true first.
func cmpBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
