package incident

import "slices"

// A jump of a key's pooled counts may be smaller than that of one group: if a level
// eight times as high was fixed after some hours, the day's count is less than three
// times the usual. It must be more improbable instead, because there are many sums to
// test.
const (
	pooledJump   = 2.0
	pooledStrong = 1e-6
)

// Requirements for a group to be part of a jump of the sum.
const (
	memberJump = 1.5
	memberP    = 0.2
)

// pooled returns the best candidate that only the sum of the key's groups shows, or nil
// if there is none: many groups do a little more at the same time. The sum is tested
// once, and again after one of its groups was taken.
func (d *finder) pooled(key Key, groups []int) *candidate {
	if key.Wide { // the groups of a wide key have little to do with each other
		return nil
	}
	best, known := d.sums[key]
	if known && (best == nil || !d.anyTaken(best) && !d.spent[moment{key, best.at}]) {
		return best
	}
	best = d.jumpOfSum(key, groups)
	d.sums[key] = best
	return best
}

func (d *finder) anyTaken(c *candidate) bool {
	return slices.ContainsFunc(c.members, func(g int) bool { return d.taken[g] })
}

func (d *finder) jumpOfSum(key Key, groups []int) (best *candidate) {
	unseen, free := d.sum(groups)
	if len(free) < LeastGroups {
		return nil
	}
	// Independent groups even each other out. Their sum has a smaller dispersion,
	// divided by the number of equally large groups that it is worth.
	total, squares := 0.0, 0.0
	for _, g := range free {
		n := float64(len(d.groups[g].Times))
		total, squares = total+n, squares+n*n
	}
	j := jumping{least: pooledJump, dispersion: dispersion * squares / (total * total), strong: pooledStrong}
	for _, s := range d.jumps(d.counts, unseen, 0, j) {
		if !s.strong || d.spent[moment{key, s.at}] {
			continue
		}
		c := &candidate{key: key, at: s.at, until: s.until, pooled: true}
		most := 0
		for _, g := range free {
			if n, more := d.more(g, s); more {
				c.members, c.events, most = append(c.members, g), c.events+n, max(most, n)
			}
		}
		if 2*most > c.events {
			continue // one group alone made the sum jump
		}
		slices.Sort(c.members)
		c.size = len(c.members)
		if c.size >= max(LeastGroups, key.Least) && c.events >= LeastEvents && (best == nil || better(c, best) < 0) {
			best = c
		}
	}
	return best
}

// sum counts the events of the groups that no incident has taken. An interval that was
// not seen of one group was not seen of the sum.
func (d *finder) sum(groups []int) (unseen []bool, free []int) {
	clear(d.counts)
	var last []bool
	for _, i := range groups {
		g := &d.groups[i]
		if d.taken[i] || len(g.Times) < leastToJump {
			continue
		}
		free = append(free, i)
		d.count(g)
		if g.Unseen == nil || len(last) > 0 && &last[0] == &g.Unseen[0] {
			continue
		}
		if last = g.Unseen; unseen == nil {
			unseen = make([]bool, len(d.counts))
		}
		for n, blind := range last {
			unseen[n] = unseen[n] || blind
		}
	}
	return unseen, free
}

// more says whether a group had more events than usual while the sum was high, and how
// many more.
func (d *finder) more(g int, s start) (n int, more bool) {
	times := d.groups[g].Times
	n = countIn(times, s.at, s.until)
	from := max(d.groups[g].Begin, d.from, s.at-d.past)
	usual := float64(countIn(times, from, s.at)) * float64(s.until-s.at) / float64(max(s.at-from, 1))
	return n, n > 0 && float64(n) >= memberJump*usual
}
