package rows

import "hash/maphash"

// ids finds rows by their ids, in four to eight bytes a row: it holds only numbers of
// rows, and compares the ids in the rows.
type ids struct {
	slots []uint32 // one more than the number of a row, or 0
	of    func(row int) id
	seed  maphash.Seed
}

func newIDs(n int, of func(row int) id) *ids {
	size := 16
	for size < n+n/3 {
		size *= 2
	}
	return &ids{make([]uint32, size), of, maphash.MakeSeed()}
}

// add adds a row and returns the first row that was added with the same id.
func (s *ids) add(row int) int {
	slot, found := s.slot(s.of(row))
	if !found {
		s.slots[slot] = uint32(row) + 1
	}
	return int(s.slots[slot]) - 1
}

// find returns the first row that was added with the id, or -1.
func (s *ids) find(x id) int {
	slot, _ := s.slot(x)
	return int(s.slots[slot]) - 1
}

// slot returns where the id is, or the free place for it.
func (s *ids) slot(x id) (slot uint64, found bool) {
	mask := uint64(len(s.slots) - 1)
	for slot = maphash.Bytes(s.seed, x[:]) & mask; s.slots[slot] != 0; slot = (slot + 1) & mask {
		if s.of(int(s.slots[slot])-1) == x {
			return slot, true
		}
	}
	return slot, false
}
