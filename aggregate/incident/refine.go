package incident

import (
	"slices"

	"trail403/aggregate/trend"
)

// refine finds the second of the onset, by one change point over the pooled
// events of the members, and who of the key's groups began or jumped then. It
// fails where too little is left.
func (d *finder) refine(c *candidate, groups []int) (in Incident, ok bool) {
	members := c.members
	for range 2 { // once more with those who belong to it
		in = d.onset(c, members)
		if members = d.fitting(in, groups); len(members) == 0 {
			return in, false
		}
	}
	in.Key, in.Groups = c.key, members
	for _, g := range members {
		in.Events += countIn(d.groups[g].Times, in.Onset, d.groups[g].Times[len(d.groups[g].Times)-1]+1)
	}
	return in, len(members) >= LeastGroups || in.Events >= LeastEvents
}

// onset finds the change point near the first start.
func (d *finder) onset(c *candidate, members []int) (in Incident) {
	near := c.at
	in.From, in.To = max(near-d.past, d.from), min(c.until, d.to)
	pooled := Pool(d.groups, members, in.From, in.To)
	at, low, high, ok := trend.ChangePoint(pooled, in.From, in.To)
	switch {
	case len(pooled) == 0:
		in.Onset, in.Low, in.High = near, near, near
	case pooled[0] >= near:
		// Nothing came before: the first event is it, unless it came long before the rest.
		in.Onset = pooled[0]
		if ok {
			in.Onset = at
		}
		in.Low, in.High = in.Onset, in.Onset
	case ok:
		in.Onset, in.Low, in.High = at, low, high
	default:
		i, _ := slices.BinarySearch(pooled, near)
		in.Onset = pooled[min(i, len(pooled)-1)]
		in.Low, in.High = min(in.Onset, near), max(in.Onset, min(near+d.step, d.to))
	}
	return in
}

// Pool returns the times of the groups' events in [from, to), ascending.
func Pool(groups []Group, members []int, from, to int64) (times []int64) {
	for _, g := range members {
		all := groups[g].Times
		i, _ := slices.BinarySearch(all, from)
		j, _ := slices.BinarySearch(all, to)
		times = append(times, all[i:max(i, j)]...)
	}
	slices.Sort(times)
	return times
}

// fitting returns those of the groups that are not taken and began at the onset,
// or after it within the time that belongs together, or jumped then.
func (d *finder) fitting(in Incident, groups []int) (members []int) {
	for _, i := range groups {
		if !d.taken[i] && d.fits(in, &d.groups[i]) {
			members = append(members, i)
		}
	}
	slices.Sort(members)
	return members
}

func (d *finder) fits(in Incident, g *Group) bool {
	first := g.Times[0]
	if first >= in.Low {
		return first <= in.Onset+d.together && first-max(g.Begin, d.from) >= d.quiet
	}
	seen := max(in.Onset-d.past, g.Begin, d.from)
	before := countIn(g.Times, seen, in.Low)
	length := min(d.early, d.to-in.Onset)
	after := countIn(g.Times, in.Onset, in.Onset+length)
	if in.Low-seen < d.quiet || length <= 0 || after == 0 {
		return false
	}
	// Half an event more in the past, which may be silent by chance.
	expected := (float64(before) + 0.5) * float64(length) / float64(in.Low-seen)
	return float64(after) >= leastJump*expected && upperTail(after, expected, dispersion) < weakP
}
