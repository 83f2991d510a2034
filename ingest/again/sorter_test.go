package again

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"trail403/ingest/coverage"
)

// Records come in order, whether they fit into memory or not, also large ones and empty
// ones.
func TestSorter(t *testing.T) {
	const n = 20_000
	text := func(i int) string { return strings.Repeat(fmt.Sprint(i, " "), i%7*(1+i%2000/1999*50_000)) }
	for _, most := range []int{1 << 30, 1 << 20, 100_000} {
		s := newSorter(n, most, 1<<30)
		for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(n) {
			if s.has(uint32(i)) {
				t.Fatalf("%d is there already", i)
			}
			if err := s.add(uint32(i), []byte(text(i))); err != nil {
				t.Fatal(err)
			}
		}
		next := 0
		s.each(func(int, []byte) error { return nil }) // a second time is the same
		err := s.each(func(i int, record []byte) error {
			if i != next || string(record) != text(i) {
				t.Fatalf("%d in place of %d, %.20q", i, next, record)
			}
			next++
			return nil
		})
		if err != nil || next != n {
			t.Errorf("%d records, %v", next, err)
		}
		if inFile := len(s.runs.all) > 0; inFile != (most < 1<<30) {
			t.Errorf("with %d bytes of memory a file: %v", most, inFile)
		}
		s.runs.close()
	}
}

// The temporary file has a limit.
func TestSorterLimit(t *testing.T) {
	s := newSorter(1000, 1000, 50_000)
	defer s.runs.close()
	var err error
	random := rand.New(rand.NewPCG(1, 2))
	for i := range uint32(1000) {
		noise := make([]byte, 900)
		for j := range noise {
			noise[j] = byte(random.Uint32())
		}
		var limit coverage.LimitError
		if err = s.add(i, noise); errors.As(err, &limit) && limit.Limit == coverage.MaxTemp {
			return
		}
	}
	t.Errorf("no limit: %v", err)
}
