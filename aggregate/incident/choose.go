package incident

import (
	"cmp"
	"container/heap"
	"slices"
)

// choose takes the best candidate of all keys, then the best among the groups that
// remain, and so on.
func (d *finder) choose(byKey map[Key][]int) (found []Incident) {
	q := &queue{}
	for key, groups := range byKey {
		if c := d.candidate(key, groups); c != nil {
			*q = append(*q, c)
		}
	}
	heap.Init(q)
	tries := map[Key]int{}
	for q.Len() > 0 && len(found) < MostIncidents {
		c := heap.Pop(q).(*candidate)
		if d.anyTaken(c) {
			if c = d.candidate(c.key, byKey[c.key]); c != nil {
				heap.Push(q, c)
			}
			continue
		}
		in, ok := d.refine(c, byKey[c.key])
		if !ok {
			// The groups of this candidate do not share one onset. Their starts cannot
			// be used for this key again, or the same candidate would come back.
			d.spend(c)
			if tries[c.key]++; tries[c.key] == mostTries {
				continue
			}
		} else {
			for _, g := range in.Groups {
				d.taken[g] = true
			}
			found = append(found, in)
		}
		if c = d.candidate(c.key, byKey[c.key]); c != nil {
			heap.Push(q, c)
		}
	}
	return found
}

// mostTries is how many candidates of one key may fail before the key is given up.
const mostTries = 100

// spend drops the starts of a candidate that failed.
func (d *finder) spend(c *candidate) {
	d.spent[moment{c.key, c.at}] = true
	for _, g := range c.members {
		d.starts[g] = slices.DeleteFunc(slices.Clone(d.starts[g]), func(s start) bool {
			return s.at >= c.at && s.at <= c.at+d.together
		})
	}
}

// queue holds candidates, the best one first.
type queue []*candidate

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return better(q[i], q[j]) < 0 }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(*candidate)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	c := (*q)[last]
	*q = (*q)[:last]
	return c
}

// join makes one incident of the incidents that share a wide key and started within
// minutes of each other, as they do after one change to an account.
func (d *finder) join(found []Incident) (kept []Incident) {
	slices.SortFunc(found, func(a, b Incident) int {
		return cmp.Or(cmp.Compare(a.Onset, b.Onset), compareKeys(a.Key, b.Key))
	})
	joined := make([]bool, len(found))
	for i := range found {
		if joined[i] {
			continue
		}
		in, shared := found[i], d.wide(found[i].Groups)
		for j := i + 1; j < len(found) && found[j].Onset-in.Onset <= nearness; j++ {
			both := common(shared, d.wide(found[j].Groups))
			if joined[j] || len(both) == 0 {
				continue
			}
			joined[j] = true
			shared, in.Key = both, both[0]
			in.Groups = append(slices.Clone(in.Groups), found[j].Groups...)
			in.Events += found[j].Events
			in.Low, in.High = min(in.Low, found[j].Low), max(in.High, found[j].High)
		}
		slices.Sort(in.Groups)
		kept = append(kept, in)
	}
	return kept
}

// wide returns the wide keys that all the groups have, in the order in which the first
// group lists them.
func (d *finder) wide(groups []int) (keys []Key) {
	for i, g := range groups {
		own := slices.DeleteFunc(slices.Clone(d.groups[g].Keys), func(k Key) bool { return !k.Wide })
		if i == 0 {
			keys = own
		} else {
			keys = common(keys, own)
		}
	}
	return keys
}
