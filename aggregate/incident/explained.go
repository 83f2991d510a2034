package incident

import (
	"container/heap"
	"math"
	"slices"

	"trail403/aggregate/trend"
)

// explain finds the incidents that changes explain. The change with the best evidence
// takes its groups first, then the next one. This runs before all other tests, so that
// groups which lost their access to two changes minutes apart are separated by the
// change that explains them.
func (d *finder) explain(changes []Change) (found []Incident) {
	q := &evidenceQueue{}
	for i := range changes {
		if e := d.evidence(changes, i); e != nil {
			*q = append(*q, e)
		}
	}
	heap.Init(q)
	for q.Len() > 0 && len(found) < MostIncidents {
		e := heap.Pop(q).(*explained)
		if slices.ContainsFunc(e.members, func(g int) bool { return d.taken[g] }) {
			if e = d.evidence(changes, e.change); e != nil {
				heap.Push(q, e)
			}
			continue
		}
		in, ok := d.incidentOf(changes, e)
		if !ok {
			continue
		}
		for _, g := range in.Groups {
			d.taken[g] = true
		}
		found = append(found, in)
	}
	return found
}

// incidentOf makes the incident of a change. Its groups are those that started at that
// time, and those that the change concerns and that started later in their own rhythm.
// ok is false if the events show that the jump came before the change.
func (d *finder) incidentOf(changes []Change, e *explained) (in Incident, ok bool) {
	at := changes[e.change].At
	in.From, in.To = max(at-d.past, d.from), min(at+d.early, d.to)
	pooled := Pool(d.groups, e.members, in.From, in.To)
	first, _ := slices.BinarySearch(pooled, at)
	if first == len(pooled) {
		return in, false
	}
	in.Onset, in.Low, in.High = pooled[first], pooled[first], pooled[first]
	if first > 0 { // some groups had events before, so the change dates the jump if the events allow it
		if _, low, high, jumped := trend.ChangePoint(pooled, in.From, in.To); jumped {
			switch {
			case high >= at:
				in.Low, in.High = min(low, in.Onset), max(in.Onset, min(high, in.To))
			case !e.proven:
				return in, false
			}
		}
	}
	in.Groups = slices.Clone(e.members)
	in.Key = d.shared(in.Groups)
	c := &candidate{key: in.Key}
	for _, g := range changes[e.change].Groups {
		if !d.taken[g] && !slices.Contains(e.members, g) && d.fits(in, c, &d.groups[g], d.together) {
			in.Groups = append(in.Groups, g)
		}
	}
	slices.Sort(in.Groups)
	in.Key = d.shared(in.Groups)
	for _, g := range in.Groups {
		in.Events += countIn(d.groups[g].Times, in.Onset, math.MaxInt64)
	}
	in.Changes = []int{e.change}
	in.Evidence = e.evidence
	return in, true
}

// shared returns the most specific key that all the groups have, or the zero Key if
// there is none.
func (d *finder) shared(groups []int) (best Key) {
	keys := d.groups[groups[0]].Keys
	for _, g := range groups[1:] {
		keys = common(keys, d.groups[g].Keys)
	}
	for i, k := range keys {
		if i == 0 || compareKeys(k, best) < 0 {
			best = k
		}
	}
	return best
}

// evidenceQueue holds changes. The one with the most evidence comes first, and of equal
// ones the earliest.
type evidenceQueue []*explained

func (q evidenceQueue) Len() int { return len(q) }
func (q evidenceQueue) Less(i, j int) bool {
	if q[i].evidence != q[j].evidence {
		return q[i].evidence > q[j].evidence
	}
	return q[i].change < q[j].change
}
func (q evidenceQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *evidenceQueue) Push(x any)   { *q = append(*q, x.(*explained)) }
func (q *evidenceQueue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	*q = (*q)[:last]
	return e
}
