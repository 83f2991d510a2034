package aggregate

import (
	"cmp"
	"slices"
)

// Top is the values that most denials have. Those that are not in the list are
// counted; denials without a value are not.
type Top struct {
	List         []Count // by denials descending, then value
	OtherValues  int
	OtherDenials int
}

// maxTop is how many values a Top lists.
const maxTop = 5

// topOf cuts counts, which are sorted.
func topOf(counts []Count) (top Top) {
	n := min(len(counts), maxTop)
	top.List = append(top.List, counts[:n]...)
	top.OtherValues = len(counts) - n
	for _, c := range counts[n:] {
		top.OtherDenials += c.Denials
	}
	return top
}

// Values returns how many different values there are.
func (t *Top) Values() int { return len(t.List) + t.OtherValues }

// tally counts numbers of the dictionary. A number may stand in it several times.
type tally []tallied

type tallied struct {
	number uint32
	n      int
}

func (t *tally) add(number uint32, n int) { *t = append(*t, tallied{number, n}) }

// counts adds up a tally and names what it counts; 0 is no value.
func (t *table) counts(list tally) []Count {
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

func compareCounts(a, b Count) int {
	return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Value, b.Value))
}
