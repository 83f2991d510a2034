package incident

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"
)

// candidate is a set of groups with a key in common that began together.
type candidate struct {
	key     Key
	members []int // ascending
	at      int64 // of the first start
	until   int64 // how long they are strong
	events  int   // of the members in the first days
	pooled  bool  // only their sum shows it
}

// better orders candidates, the best first: the one that explains the most
// groups, then the most specific key, then the most events. A wide key comes
// after what explains several groups, and a single group, which shares nothing
// with another, after all.
func better(a, b *candidate) int {
	return cmp.Or(
		cmp.Compare(a.turn(), b.turn()),
		cmp.Compare(len(b.members), len(a.members)),
		cmp.Compare(a.key.Rank, b.key.Rank),
		cmp.Compare(b.events, a.events),
		cmp.Compare(a.at, b.at),
		cmp.Compare(a.key.Value, b.key.Value),
	)
}

func (c *candidate) turn() int {
	switch {
	case c.key.Wide:
		return 1
	case len(c.members) == 1:
		return 2
	}
	return 0
}

// member is a start of a group in a list of starts.
type member struct {
	group int
	start
}

// candidate returns the best candidate among the groups of one key that are not
// taken, nil if there is none.
func (d *finder) candidate(key Key, groups []int) *candidate {
	var all []member
	for _, g := range groups {
		if d.taken[g] {
			continue
		}
		for _, s := range d.starts[g] {
			all = append(all, member{g, s})
		}
	}
	slices.SortFunc(all, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.group, b.group))
	})
	var best *candidate
	for i := range all {
		end := i + 1
		for end < len(all) && all[end].at-all[i].at <= d.within(key) {
			end++
		}
		if best != nil && end-i < len(best.members) {
			continue // it cannot be better
		}
		if c := d.qualify(key, all[i:end], len(all), groups); c != nil && (best == nil || better(c, best) < 0) {
			best = c
		}
	}
	if p := d.pooled(key, groups); p != nil && (best == nil || better(p, best) < 0) {
		best = p
	}
	return best
}

// within returns how far apart the starts of an incident with the key are at
// most.
func (d *finder) within(key Key) int64 {
	if key.Wide {
		return d.near
	}
	return d.together
}

// mostTogether bounds the starts that are judged together: more than so many
// groups within the time are no chance, if these are none.
const mostTogether = 60

// qualify says whether starts that fall together are an incident: some is
// strong by itself and there are events enough, or there are at least three
// groups whose starts lie too close for chance. all is how many starts the key
// has in the whole time, groups are all of its groups.
func (d *finder) qualify(key Key, together []member, all int, groups []int) *candidate {
	c := &candidate{key: key, at: together[0].at}
	strong := false
	seen := make(map[int]bool, len(together))
	for _, m := range together {
		if seen[m.group] {
			continue
		}
		seen[m.group] = true
		c.members = append(c.members, m.group)
		c.until = max(c.until, m.until)
		c.events += countIn(d.groups[m.group].Times, m.at, m.at+d.early)
		strong = strong || m.strong
	}
	slices.Sort(c.members)
	if len(c.members) < key.Least || key.Wide && len(c.members) < 2 {
		return nil
	}
	if strong && c.events >= LeastEvents || len(c.members) >= LeastGroups && d.dense(together, all, key, groups) {
		return c
	}
	return nil
}

// dense says whether the first three or more of the starts lie closer together
// than chance would have them, under a Poisson distribution.
func (d *finder) dense(together []member, all int, key Key, groups []int) bool {
	limits := rare()
	began := map[int]bool{}
	from := together[0].at
	for i, m := range together[:min(len(together), mostTogether)] {
		began[m.group] = true
		k := len(began)
		if k < LeastGroups {
			continue
		}
		width := max(m.at-from, hour)
		if m.past || together[0].past { // known to the interval only
			width = max(width, d.step)
		}
		// One start more than there are, of those that lie elsewhere.
		expected := float64(all-i) * math.Min(1, float64(width)/float64(d.to-d.from))
		if expected >= limits[k] {
			continue // as mostly
		}
		begun := d.beginnings(key, groups)
		if expected+begun.between(from, from+width) < limits[k] {
			return true
		}
	}
	return false
}

// curve is how many groups of a key have begun by a time, if each had come at one
// rate all the time. Near the begin of the window it is steep.
type curve struct {
	from, step int64
	begun      []float64 // at from, from+step, …
}

// curveSteps is how finely a curve is known.
const curveSteps = 120

// beginnings returns the curve of a key. It is made once.
func (d *finder) beginnings(key Key, groups []int) curve {
	if c, ok := d.curves[key]; ok {
		return c
	}
	c := curve{from: d.from, step: max((d.to-d.from)/curveSteps, 1), begun: make([]float64, curveSteps+2)}
	for _, i := range groups {
		g := &d.groups[i]
		begin := max(g.Begin, d.from)
		rate := float64(len(g.Times)) / (float64(max(d.to-begin, hour)) / day)
		// From step to step the probability of none falls by one factor.
		n := int((begin-c.from)/c.step) + 1
		none, factor := silent(rate, c.from+int64(n)*c.step-begin), silent(rate, c.step)
		for ; n < len(c.begun); n++ {
			c.begun[n] += 1 - none
			none *= factor
		}
	}
	d.curves[key] = c
	return c
}

// between returns how many begin in [from, to).
func (c *curve) between(from, to int64) float64 { return c.at(to) - c.at(from) }

func (c *curve) at(t int64) float64 {
	n := min(max((t-c.from)/c.step, 0), int64(len(c.begun)-2))
	part := float64(t-c.from-n*c.step) / float64(c.step)
	return c.begun[n] + min(max(part, 0), 1)*(c.begun[n+1]-c.begun[n])
}

// rare returns, for each number of starts, how many may be expected at most for
// so many to be no chance.
var rare = sync.OnceValue(func() (limits [mostTogether + 1]float64) {
	const chance = 1e-5
	for n := 1; n < len(limits); n++ {
		low, high := 0.0, float64(n)
		for range 50 {
			mean := (low + high) / 2
			if (distuv.Poisson{Lambda: mean}).Survival(float64(n-1)) < chance {
				low = mean
			} else {
				high = mean
			}
		}
		limits[n] = low
	}
	return limits
})
