package seen

import "slices"

// Set is a set of ids. It is immutable.
type Set struct{ sorted []ID }

// NewSet returns the ids of several lists.
func NewSet(lists ...[]ID) *Set {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return &Set{slices.Compact(all)}
}

// Has says whether an id is in the set.
func (s *Set) Has(id ID) bool {
	_, found := slices.BinarySearch(s.sorted, id)
	return found
}

// With returns a set that also has the ids of another one.
func (s *Set) With(o *Set) *Set { return NewSet(s.sorted, o.sorted) }
