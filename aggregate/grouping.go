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
	keys, order, begin := partition(t, func(r *row) groupKey {
		k := r.group()
		k.principal = t.names[k.principal]
		return k
	})
	if err := limits.tooManyGroups(len(keys)); err != nil {
		return nil, err
	}
	return &grouping{t: t, keys: keys, order: order, begin: begin}, nil
}

// partition orders the rows that stayed by key: those of keys[n] are in order
// from begin[n] to begin[n+1].
func partition[K comparable](t *table, key func(*row) K) (keys []K, order []int32, begin []int) {
	numbers := map[K]int32{}
	ofRow := make([]int32, t.rows.n)
	var ends []int // how many rows each key has, then where its rows end in order
	for i := range t.rows.n {
		r := t.rows.at(i)
		if r.flags&dropped != 0 {
			ofRow[i] = -1
			continue
		}
		k := key(r)
		n, ok := numbers[k]
		if !ok {
			n = int32(len(keys))
			numbers[k] = n
			keys, ends = append(keys, k), append(ends, 0)
		}
		ofRow[i] = n
		ends[n]++
	}
	begin = make([]int, len(keys)+1)
	total := 0
	for n, count := range ends {
		begin[n], ends[n] = total, total // the begin, until the rows are placed
		total += count
	}
	begin[len(keys)] = total
	order = make([]int32, total)
	for i, n := range ofRow {
		if n >= 0 {
			order[ends[n]] = int32(i)
			ends[n]++
		}
	}
	return keys, order, begin
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
