package incident

import (
	"maps"
	"math"
	"slices"
)

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
		_, proven := slices.BinarySearch(c.Proven, g)
		p := provenP
		if !proven {
			p = d.startsBy(&d.groups[g], c.At)
		}
		e.proven = e.proven || proven
		if _, found := slices.BinarySearch(c.Unlikely, g); found && !proven {
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
	if e.proven {
		return e
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
