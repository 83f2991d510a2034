package rows

import (
	"cmp"
	"iter"
	"slices"
)

// Count is how often a value occurs.
type Count struct {
	Value   string
	Denials int
}

// SortCounts returns the counts by denials descending, then value.
func SortCounts(counts map[string]int) []Count {
	list := make([]Count, 0, len(counts))
	for value, n := range counts {
		list = append(list, Count{value, n})
	}
	slices.SortFunc(list, compareCounts)
	return list
}

func compareCounts(a, b Count) int {
	return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Value, b.Value))
}

// Top is the values with the most denials. The values that are not in the list are
// counted; denials without a value are not.
type Top struct {
	List         []Count // by denials descending, then value
	OtherValues  int
	OtherDenials int
}

// maxTop is how many values a Top lists.
const maxTop = 5

// TopOf keeps the first of the counts, which must be sorted and are its own afterwards.
func TopOf(counts []Count) (top Top) {
	n := min(len(counts), maxTop)
	switch {
	case n == len(counts) && n > 0:
		top.List = counts
	case n > 0:
		top.List = slices.Clone(counts[:n]) // the rest is not kept
	}
	top.OtherValues = len(counts) - n
	for _, c := range counts[n:] {
		top.OtherDenials += c.Denials
	}
	return top
}

// Values returns how many different values there are.
func (t *Top) Values() int { return len(t.List) + t.OtherValues }

// Tally counts numbers of the dictionary. A number may be in it several times.
type Tally []tallied

type tallied struct {
	number uint32
	n      int
}

// Add counts n more denials of a number.
func (t *Tally) Add(number uint32, n int) { *t = append(*t, tallied{number, n}) }

// Numbers walks the numbers, in no order.
func (t Tally) Numbers() iter.Seq2[int, uint32] {
	return func(yield func(int, uint32) bool) {
		for i, x := range t {
			if !yield(i, x.number) {
				return
			}
		}
	}
}

// Counts adds up a tally and names what it counts. The number 0 is not a value.
func (t *Table) Counts(list Tally) []Count {
	slices.SortFunc(list, func(a, b tallied) int { return cmp.Compare(a.number, b.number) })
	var out []Count
	last := uint32(0)
	for _, x := range list {
		switch {
		case x.number == 0:
		case x.number == last:
			out[len(out)-1].Denials += x.n
		default:
			out = append(out, Count{t.strings.text(x.number), x.n})
			last = x.number
		}
	}
	slices.SortFunc(out, compareCounts)
	return out
}
