package incident

import (
	"cmp"
	"slices"

	"trail403/aggregate/trend"
)

// Find returns the incidents, by onset and then by key. A group belongs to one incident
// at most. The result does not depend on the order of the groups, except for the
// indexes that name them.
//
// Find looks at events up to end, which can lie after the frame: the last interval of
// the data is often incomplete and therefore not in the frame, but what started in it
// counts.
func Find(f trend.Frame, end int64, groups []Group, changes Changes) []Incident {
	d := &finder{
		span: spanOf(f, end), groups: groups, taken: make([]bool, len(groups)), starts: make([][]start, len(groups)),
		reach: changes.Reach, curves: map[Key]curve{}, spent: map[moment]bool{}, sums: map[Key]*candidate{}, seen: make([]int, len(groups)),
	}
	if d.n < 1 || len(groups) == 0 {
		return nil
	}
	d.counts = make([]int32, d.n)
	explained := d.explain(changes.List)
	byKey := map[Key][]int{}
	for i := range groups {
		d.starts[i] = d.startsOf(&groups[i])
		for _, k := range groups[i].Keys {
			byKey[k] = append(byKey[k], i)
		}
	}
	found := append(explained, d.join(d.choose(byKey))...)
	slices.SortFunc(found, func(a, b Incident) int {
		return cmp.Or(cmp.Compare(a.Onset, b.Onset), compareKeys(a.Key, b.Key))
	})
	return found
}
