package incident

import (
	"container/heap"
	"maps"
	"math"
	"slices"

	"trail403/aggregate/trend"
)

// Change is a moment at which something happened that could have caused events of some
// groups. It is evidence: groups that start right after it need few events to become an
// incident, because starts are rarely right after a change by chance.
type Change struct {
	At     int64
	Groups []int // indexes of the groups whose events it could have caused, ascending
	// Unlikely lists those of Groups for which something else is the usual cause.
	Unlikely []int
}

// Changes holds the changes in order of time, and the longest delay between a change
// and its first event, in microseconds.
type Changes struct {
	List  []Change
	Reach int64
}

// Requirements for a change to explain an incident.
const (
	leastExplained = 4    // events in the first days
	explainedP     = 1e-3 // the largest probability that all groups together start this close to the change by chance
	partP          = 0.05 // the same for one group that counts as evidence
	// unlikely divides the allowed probability for groups for which something else is
	// the usual cause.
	unlikely = 30
	// burstGap is the silence that separates two bursts of a group.
	burstGap = hour
)

// explained is the evidence for one change: how improbable it is that its groups
// started this close after it by chance.
type explained struct {
	change   int
	evidence float64 // the negative logarithm of the probability
	members  []int
}

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

// evidence weighs a change. It returns nil if the change explains nothing.
func (d *finder) evidence(changes []Change, i int) *explained {
	c := &changes[i]
	if c.At < d.from || c.At >= d.to {
		return nil
	}
	e := &explained{change: i}
	events := 0
	// The smallest probability of each source, whose groups start together.
	least := map[string]float64{}
	for _, g := range c.Groups {
		if d.taken[g] {
			continue
		}
		p := d.startsBy(&d.groups[g], c.At)
		if _, found := slices.BinarySearch(c.Unlikely, g); found {
			p *= unlikely
		}
		if p >= partP {
			continue
		}
		e.members = append(e.members, g)
		source := d.groups[g].Source
		if old, ok := least[source]; !ok || p < old {
			least[source] = p
		}
		events += countIn(d.groups[g].Times, c.At, c.At+d.early)
	}
	for _, source := range slices.Sorted(maps.Keys(least)) { // in a fixed order, so that the sums do not differ
		e.evidence -= math.Log(max(least[source], 1e-30))
	}
	if events < leastExplained || e.evidence < -math.Log(explainedP) {
		return d.pooledEvidence(changes, i)
	}
	return e
}

// startsBy returns the probability that a group starts, or jumps, this soon after a
// moment if the moment has nothing to do with the group.
func (d *finder) startsBy(g *Group, at int64) float64 {
	begin := max(g.Begin, d.from)
	past := at - begin
	n, _ := slices.BinarySearch(g.Times, at)
	if past < hour || n == len(g.Times) || g.Times[n]-at > d.reach {
		return 1
	}
	lag := max(g.Times[n]-at, minute)
	before := g.Times[:n]
	i, _ := slices.BinarySearch(before, begin)
	before = before[i:]
	if len(before) == 0 {
		// The baseline counts as half a start, because it can be silent by chance.
		return 1 - math.Exp(-0.5*float64(lag)/float64(past))
	}
	p := d.jumpsBy(before, g.Times[n:], at, past)
	if starts, last := bursts(before); starts <= fewStarts && at-last >= d.quiet {
		// The group was silent. A group that started often before will start again by
		// itself.
		again := 1 - math.Exp(-(float64(starts)+0.5)*float64(lag)/float64(past))
		p = min(p, again)
	}
	return p
}

// fewStarts is how often a group may have started before and still be worth reporting
// when it starts again.
const fewStarts = 1

// bursts counts the runs of events that long silences separate, and returns the time of
// the last event.
func bursts(times []int64) (n int, last int64) {
	last = math.MinInt64 / 2
	for _, t := range times {
		if t-last > burstGap {
			n++
		}
		last = t
	}
	return n, last
}

// jumpSpans are the lengths of time after a change in which a jump is looked for.
var jumpSpans = [...]int64{hour / 4, hour, 6 * hour, day, 3 * day}

// jumpsBy returns the probability of the events after a moment, given the events before
// it. A number of events that the group had before in as long a time proves nothing.
func (d *finder) jumpsBy(before, after []int64, at, past int64) float64 {
	best := 1.0
	for _, length := range jumpSpans {
		if past < 4*length {
			break
		}
		end := min(at+length, d.to)
		n := countIn(after, at, end)
		mean := (float64(len(before)) + 0.5) * float64(end-at) / float64(past)
		if n < leastToJump || float64(n) < leastJump*mean || 2*n < 3*mostIn(before, length) {
			continue
		}
		best = min(best, upperTail(n, mean, dispersion)*float64(len(jumpSpans)))
	}
	return best
}

// mostIn returns the largest number of the sorted times that lie within a span of this
// length.
func mostIn(times []int64, length int64) (most int) {
	from := 0
	for i, t := range times {
		for t-times[from] >= length {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
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
			if high < at {
				return in, false
			}
			in.Low, in.High = min(low, in.Onset), max(in.Onset, min(high, in.To))
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
