package rows

import "iter"

// Partition arranges rows by a key, so that whatever counts the rows of a key holds
// memory for one key at a time.
type Partition[K comparable] struct {
	Keys  []K
	t     *Table
	begin []int // where the rows of each key begin in order; one more than keys
	order []int32
}

// PartitionBy arranges the rows that count by a key of their contexts.
func PartitionBy[K comparable](t *Table, key func(*Context) K) *Partition[K] {
	p := &Partition[K]{t: t}
	numbers := map[K]int32{}
	ofContext := make([]int32, len(t.contexts.list)) // one more than the number, or 0
	var ends []int                                   // how many rows each key has, then where its rows end in order
	t.Each(func(r *Row) {
		n := ofContext[r.context] - 1
		if n < 0 {
			k := key(&t.contexts.list[r.context])
			var ok bool
			if n, ok = numbers[k]; !ok {
				n = int32(len(p.Keys))
				numbers[k] = n
				p.Keys, ends = append(p.Keys, k), append(ends, 0)
			}
			ofContext[r.context] = n + 1
		}
		ends[n]++
	})
	p.begin = make([]int, len(p.Keys)+1)
	total := 0
	for n, count := range ends {
		p.begin[n], ends[n] = total, total // the start, until the rows are placed
		total += count
	}
	p.begin[len(p.Keys)] = total
	p.order = make([]int32, total)
	for i := range t.rows.n {
		if r := t.rows.at(i); r.flags&dropped == 0 {
			n := ofContext[r.context] - 1
			p.order[ends[n]] = int32(i)
			ends[n]++
		}
	}
	return p
}

// Total returns how many rows count.
func (p *Partition[K]) Total() int { return len(p.order) }

// Rows walks the rows of the key with the number n, in no order.
func (p *Partition[K]) Rows(n int) iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for _, i := range p.order[p.begin[n]:p.begin[n+1]] {
			if !yield(p.t.rows.at(int(i))) {
				return
			}
		}
	}
}

// Groups is the rows by principal, action and bucket. The principal is the name to
// show, so that all names of a role are one group.
type Groups = Partition[GroupKey]

// Groups finds the groups. [Table.NameRoles] must have run.
func (t *Table) Groups() *Groups {
	return PartitionBy(t, func(c *Context) GroupKey {
		k := c.group()
		k.Principal = t.shown[k.Principal]
		return k
	})
}
