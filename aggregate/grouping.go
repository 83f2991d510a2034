package aggregate

import "iter"

// grouping sorts the rows that stayed by principal, action and bucket, so that
// what counts of a group need is held for one group at a time and not for all.
type grouping struct {
	t     *table
	keys  []groupKey // of the groups, with the principal's name that is shown
	begin []int      // where each group's rows begin in order; one more than keys
	order []int32
}

// grouped finds the groups. It fails beyond the limit.
func (t *table) grouped(limits *Limits) (*grouping, error) {
	t.names = t.principals()
	g := &grouping{t: t}
	numbers := map[groupKey]int32{}
	ofRow := make([]int32, t.rows.n)
	var ends []int // how many rows each group has, then where its rows end in order
	for i := range t.rows.n {
		r := t.rows.at(i)
		if r.flags&dropped != 0 {
			ofRow[i] = -1
			continue
		}
		k := r.group()
		k.principal = t.names[k.principal]
		n, ok := numbers[k]
		if !ok {
			n = int32(len(g.keys))
			numbers[k] = n
			g.keys, ends = append(g.keys, k), append(ends, 0)
		}
		ofRow[i] = n
		ends[n]++
	}
	if err := limits.tooManyGroups(len(g.keys)); err != nil {
		return nil, err
	}
	g.begin = make([]int, len(g.keys)+1)
	total := 0
	for n, count := range ends {
		g.begin[n], ends[n] = total, total // the begin, until the rows are placed
		total += count
	}
	g.begin[len(g.keys)] = total
	g.order = make([]int32, total)
	for i, n := range ofRow {
		if n >= 0 {
			g.order[ends[n]] = int32(i)
			ends[n]++
		}
	}
	return g, nil
}

// rows walks the rows of the group with the number n, in no order.
func (g *grouping) rows(n int) iter.Seq[*row] {
	return func(yield func(*row) bool) {
		for _, i := range g.order[g.begin[n]:g.begin[n+1]] {
			if !yield(g.t.rows.at(int(i))) {
				return
			}
		}
	}
}
