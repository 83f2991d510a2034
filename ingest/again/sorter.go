package again

import (
	"cmp"
	"slices"
	"sync"
)

// minSorted and maxSorted are how many bytes of records are sorted in memory at a time.
// There are more when many went to the file before, so that there are not too many runs:
// each takes a little memory when they are merged.
const (
	minSorted = 2 << 20
	maxSorted = 32 << 20
	mostRuns  = 64 // as long as they have minSorted
)

// sorter takes records in any order and hands them out in that of the list.
type sorter struct {
	mu    sync.Mutex
	most  int // bytes in memory
	spent int // bytes that went to the file
	bytes []byte
	items []item
	runs  runs
	// runOf says for each record in which run it is: 0 if it did not come yet, and else
	// one more than the number of the run.
	runOf []uint32
}

// item is a record in memory.
type item struct {
	record   uint32 // its number in the list
	from, to int
}

func newSorter(records int, most int, maxTemp int64) *sorter {
	return &sorter{most: most, runs: runs{most: maxTemp}, runOf: make([]uint32, records)}
}

// has says whether a record came. Only the goroutine that adds it may ask.
func (s *sorter) has(i uint32) bool { return s.runOf[i] > 0 }

// add adds a record.
func (s *sorter) add(i uint32, record []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.items) > 0 && len(s.bytes)+len(record) > s.most {
		if err := s.flush(); err != nil {
			return err
		}
	}
	from := len(s.bytes)
	s.bytes = append(s.bytes, record...)
	s.items = append(s.items, item{i, from, len(s.bytes)})
	s.runOf[i] = uint32(len(s.runs.all)) + 1
	return nil
}

func (s *sorter) sort() {
	slices.SortFunc(s.items, func(a, b item) int { return cmp.Compare(a.record, b.record) })
}

// flush moves what is in memory to a run.
func (s *sorter) flush() error {
	s.sort()
	err := s.runs.add(func(yield func(uint64, []byte) error) error {
		for _, x := range s.items {
			if err := yield(uint64(x.record), s.bytes[x.from:x.to]); err != nil {
				return err
			}
		}
		return nil
	})
	s.spent += len(s.bytes)
	s.most = min(max(s.most, s.spent/mostRuns), max(s.most, maxSorted))
	s.bytes, s.items = s.bytes[:0], s.items[:0]
	return err
}

// each hands out all records in order. Each is valid until the next one.
func (s *sorter) each(f func(i int, record []byte) error) error {
	if len(s.runs.all) == 0 {
		s.sort()
		for _, x := range s.items {
			if err := f(int(x.record), s.bytes[x.from:x.to]); err != nil {
				return err
			}
		}
		return nil
	}
	if len(s.items) > 0 {
		if err := s.flush(); err != nil {
			return err
		}
		s.bytes, s.items = nil, nil
	}
	readers := s.runs.readers()
	for i, run := range s.runOf {
		_, record, err := s.runs.next(readers[run-1])
		if err != nil {
			return err
		}
		if err := f(i, record); err != nil {
			return err
		}
	}
	return nil
}
