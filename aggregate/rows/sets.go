package rows

// Sets are disjoint sets of the numbers from 0 to n-1, such as copies of one event.
// https://en.wikipedia.org/wiki/Disjoint-set_data_structure
type Sets struct{ parent []int32 }

// NewSets returns n sets of one number each.
func NewSets(n int) *Sets {
	s := &Sets{make([]int32, n)}
	for i := range s.parent {
		s.parent[i] = int32(i)
	}
	return s
}

// Root returns the smallest number of the set that i is in.
func (s *Sets) Root(i int) int {
	for s.parent[i] != int32(i) {
		s.parent[i] = s.parent[s.parent[i]]
		i = int(s.parent[i])
	}
	return i
}

// Join makes one set of the sets that i and j are in.
func (s *Sets) Join(i, j int) {
	a, b := s.Root(i), s.Root(j)
	s.parent[max(a, b)] = int32(min(a, b))
}
