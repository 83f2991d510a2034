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
	if !ok {
		i, _ := slices.BinarySearch(pooled, near)
		at, low, high = near, near, near
		if len(pooled) > 0 {
			at = pooled[min(i, len(pooled)-1)]
			low, high = min(at, near), max(at, min(near+d.step, d.to))
		}
	}
	began := !slices.ContainsFunc(members, func(g int) bool { return d.groups[g].Times[0] < at })
	if began { // then there is no doubt
		low, high = at, at
	}
	in.Onset, in.Low, in.High = at, low, high
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
	seen := max(g.Begin, d.from)
	if first >= in.Onset {
		return first <= in.Onset+d.together && first-seen >= d.quiet
	}
	seen = max(seen, in.Onset-d.past)
	length := min(d.early, d.to-in.Onset)
	before, after := countIn(g.Times, seen, in.Onset), countIn(g.Times, in.Onset, in.Onset+length)
	if in.Onset-seen < d.quiet || after == 0 {
		return false
	}
	// Half an event more in the past, which may be silent by chance.
	expected := (float64(before) + 0.5) * float64(length) / float64(in.Onset-seen)
	return float64(after) >= leastJump*expected && upperTail(after, expected, dispersion) < weakP
}
