package inflate

import "testing"

// worst finds the code of at most so many symbols that needs the largest table.
// It goes through the lengths above tableBits one by one, as build does.
type worst struct {
	tableBits int
	known     map[needs]int
}

// needs is all that the rest of a table depends on.
type needs struct {
	length  int // of the codes that come next
	codes   int // of that length are free
	symbols int // have no code yet
	room    int // in the subtable that was begun, in codes of that length
}

// most returns the most entries that build adds for the rest, or -1 if that is no
// complete code. If counts is not nil, it gets the code: a number for each length.
func (w *worst) most(at needs, counts *[maxBits + 1]int) int {
	if at.codes == 0 {
		if at.symbols > 0 {
			return -1
		}
		return 0
	}
	if at.codes > at.symbols || at.length > maxBits {
		return -1
	}
	most, known := w.known[at]
	if known && counts == nil {
		return most
	}
	most = -1
	whole := 1 << (at.length - w.tableBits) // a subtable of codes of this length alone
	added, room := 0, at.room
	best, bestNext := 0, needs{}
	for n := 0; n <= at.codes; n++ { // symbols get codes of this length
		next, more := needs{at.length + 1, 2 * (at.codes - n), at.symbols - n, 2 * room}, added
		if room > 0 && next.codes > 0 {
			more += whole // the subtable doubles for the codes that are longer
		}
		if rest := w.most(next, nil); rest >= 0 && more+rest > most {
			most, best, bestNext = more+rest, n, next
		}
		if room == 0 {
			room = whole
			added += whole
		}
		room--
	}
	w.known[at] = most
	if counts != nil && most >= 0 && at.length <= maxBits {
		counts[at.length] = best
		w.most(bestNext, counts)
	}
	return most
}

// The tables are as large as the worst code needs, and no larger.
func TestTablesAreEnough(t *testing.T) {
	f := func(name string, tableBits, size, symbols int, entries []entry) {
		t.Helper()
		w := worst{tableBits, map[needs]int{}}
		whole := 1 << tableBits
		most, worstStart := 0, needs{}
		for longer := 1; longer <= whole; longer++ { // entries that lead to a subtable
			shortest := 0 // so many codes of up to tableBits bits are needed beside them
			for space := whole - longer; space > 0; space &= space - 1 {
				shortest++
			}
			for n := 2 * longer; n <= symbols-shortest; n++ {
				start := needs{tableBits + 1, 2 * longer, n, 0}
				if need := w.most(start, nil); need > most {
					most, worstStart = need, start
				}
			}
		}
		if whole+most != size {
			t.Fatalf("%s: %d entries are needed, the table has %d", name, whole+most, size)
		}
		// Such a code, built.
		var counts [maxBits + 1]int
		w.most(worstStart, &counts)
		for space, n := whole-worstStart.codes/2, tableBits; space > 0; n-- {
			counts[n] = space & 1
			space >>= 1
		}
		var lens []uint8
		for n, count := range counts {
			for range count {
				lens = append(lens, uint8(n))
			}
		}
		table := make([]entry, size)
		if !build(table, tableBits, lens, entries) || table[size-1] == 0 {
			t.Errorf("%s: the table of %d is not filled to its end", name, counts)
		}
	}
	f("literals", litBits, litSize, allLit, litEntries[:])
	f("distances", distBits, distSize, allDist, distEntries[:])
}
