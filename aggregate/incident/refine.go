package incident

import (
	"math"
	"slices"

	"trail403/aggregate/trend"
)

// refine finds the onset to the second, with one change point over the pooled events of
// the members, and then which of the key's groups started or jumped at that time. ok is
// false if too little is left.
func (d *finder) refine(c *candidate, groups []int) (in Incident, ok bool) {
	members := c.members
	for range 2 { // the second time with the members that belong to it
		in = d.onset(c, members)
		if members = d.fitting(in, c, groups); len(members) == 0 {
			return in, false
		}
	}
	in.Key, in.Groups = c.key, members
	for _, g := range members {
		in.Events += countIn(d.groups[g].Times, in.Onset, d.groups[g].Times[len(d.groups[g].Times)-1]+1)
	}
	enough := len(members) >= LeastGroups || in.Events >= LeastEvents
	return in, enough && len(members) >= c.key.Least && (!c.key.Wide || len(members) > 1) && d.holds(in)
}

// manyGroups is how many groups are worth reporting even if everything was over within
// the hour: somebody probes, or a tool ran wild.
const manyGroups = 8

// manySources is how many sources do not start by chance within minutes and on the same
// thing.
const manySources = 4

// sources counts the sources that had no events before the incident and whose first
// event came within minutes of its onset.
func (d *finder) sources(in Incident) int {
	started := map[string]bool{}
	for _, g := range in.Groups {
		if first := d.groups[g].Times[0]; first >= in.Onset && first <= in.Onset+nearness {
			started[d.groups[g].Source] = true
		}
	}
	return len(started)
}

// holds says whether the new level lasts, for an incident that no change explains. Its
// events must be spread over several hours, and must continue into a second day or
// until the end of the data. A deployment, a person at the console, or a job that
// failed once is over within the hour.
func (d *finder) holds(in Incident) bool {
	if len(in.Groups) >= manyGroups || in.Events >= LeastEvents && d.sources(in) >= manySources {
		return true
	}
	times := Pool(d.groups, in.Groups, in.Onset, min(in.Onset+d.early, d.to))
	hours, last := 0, int64(math.MinInt64)
	for _, t := range times {
		if h := t / hour; h != last {
			hours, last = hours+1, h
		}
	}
	until := in.Onset
	for _, g := range in.Groups {
		until = max(until, d.groups[g].Times[len(d.groups[g].Times)-1])
	}
	if ongoing := d.to-until <= 2*hour; ongoing && d.to-in.Onset < d.quiet {
		return hours >= ongoingHours && int64(2*hours)*hour >= until-in.Onset
	}
	return hours >= d.hours && until-in.Onset >= d.quiet
}

// ongoingHours is in how many different hours an incident that started today has
// events, at least.
const ongoingHours = 4

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
	if began { // a first event leaves no doubt
		low, high = at, at
	}
	in.Onset, in.Low, in.High = at, low, high
	return in
}

// Pool returns the times of the groups' events in [from, to), in ascending order.
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

// fitting returns those of the free groups that started or jumped at the onset, or
// started soon after it.
func (d *finder) fitting(in Incident, c *candidate, groups []int) (members []int) {
	together := d.within(c.key)
	// How often groups of the key start by themselves.
	others := 0
	for _, i := range groups {
		if first := d.groups[i].Times[0]; first < in.Onset-together || first > in.Onset+together {
			others++
		}
	}
	between := float64(d.to-d.from) / float64(max(others, 1))
	soon := min(together, max(int64(strangers*between), nearness))
	for _, i := range groups {
		if !d.taken[i] && d.fits(in, c, &d.groups[i], soon) {
			members = append(members, i)
		}
	}
	slices.Sort(members)
	return members
}

// strangers is how many groups that started by themselves may be among those that are
// believed to have started with the others.
const strangers = 0.2

// late is how improbable, at the group's own rate, the silence between the onset and
// the group's first event may be.
const late = 0.02

func (d *finder) fits(in Incident, c *candidate, g *Group, soon int64) bool {
	first := g.Times[0]
	seen := max(g.Begin, d.from)
	if first >= in.Onset {
		rate := float64(countIn(g.Times, first, first+d.early)) / (float64(d.early) / day)
		return first <= in.Onset+soon && first-seen >= d.quiet && silent(rate, first-in.Onset) >= late
	}
	seen = max(seen, in.Onset-d.past)
	length := in.To - in.Onset
	before, after := countIn(g.Times, seen, in.Onset), countIn(g.Times, in.Onset, in.To)
	if in.Onset-seen < d.quiet || length <= 0 || after == 0 {
		return false
	}
	// Assume half an event more in the baseline, which can be silent by chance.
	expected := (float64(before) + 0.5) * float64(length) / float64(in.Onset-seen)
	if c.pooled { // the sum is proof enough
		return float64(after) >= memberJump*expected && upperTail(after, expected, dispersion) < memberP
	}
	return float64(after) >= leastJump*expected && upperTail(after, expected, dispersion) < weakP
}
