package incident

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"
)

// member is one start of one group, in a list of starts.
type member struct {
	group  int
	events int // events of the group in the first days
	start
}

// startsIn returns the starts of the groups that no incident has taken, in order of
// time.
func (d *finder) startsIn(groups []int) (all []member) {
	for _, g := range groups {
		if d.taken[g] {
			continue
		}
		for _, s := range d.starts[g] {
			all = append(all, member{g, countIn(d.groups[g].Times, s.at, s.at+d.early), s})
		}
	}
	slices.SortFunc(all, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.group, b.group))
	})
	return all
}

// candidate returns the best candidate among those groups of one key that no incident
// has taken, or nil if there is none.
func (d *finder) candidate(key Key, groups []int) *candidate {
	all := d.startsIn(groups)
	w := window{all: all, groups: map[int]int{}}
	var best *candidate
	for i := range all {
		w.slide(i, d.within(key))
		c := &candidate{key: key, at: all[i].at, events: w.events, size: len(w.groups)}
		if best != nil && better(c, best) >= 0 {
			continue
		}
		if d.qualifies(c, &w, groups) {
			best = c
		}
	}
	if best != nil {
		i, _ := slices.BinarySearchFunc(all, best.at, func(m member, at int64) int { return cmp.Compare(m.at, at) })
		w.slide(i, d.within(key))
		best.fill(w.members())
	}
	if p := d.pooled(key, groups); p != nil && (best == nil || better(p, best) < 0) {
		best = p
	}
	return best
}

// window slides over starts in order of time.
type window struct {
	all        []member
	begin, end int
	groups     map[int]int // how many starts of each group are in the window
	events     int
	strong     int // how many starts in the window are strong
}

// slide moves the window to the starts that are close to start i and not earlier than
// it.
func (w *window) slide(i int, together int64) {
	if i < w.begin {
		*w = window{all: w.all, groups: map[int]int{}}
	}
	for ; w.end < len(w.all) && w.all[w.end].at-w.all[i].at <= together; w.end++ {
		w.count(w.end, 1)
	}
	for ; w.begin < i; w.begin++ {
		w.count(w.begin, -1)
	}
}

func (w *window) count(i, by int) {
	m := &w.all[i]
	if w.groups[m.group] += by; w.groups[m.group] == 0 {
		delete(w.groups, m.group)
	}
	w.events += by * m.events
	if m.strong {
		w.strong += by
	}
}

func (w *window) members() []member { return w.all[w.begin:w.end] }

// fill sets the members of a candidate.
func (c *candidate) fill(together []member) {
	for _, m := range together {
		c.members = append(c.members, m.group)
		c.until = max(c.until, m.until)
	}
	slices.Sort(c.members)
	c.members = slices.Compact(c.members)
}

// within returns the longest time that may lie between the starts of an incident with
// this key.
func (d *finder) within(key Key) int64 {
	if key.Wide {
		return d.near
	}
	return d.together
}

// mostTogether is the largest number of starts that are judged together. If so many
// groups do not start together by chance, more of them do not either.
const mostTogether = 60

// qualifies says whether starts that are close to each other are an incident. Either
// one of them is strong by itself and there are enough events, or there are at least
// three groups whose starts are too close together for chance.
func (d *finder) qualifies(c *candidate, w *window, groups []int) bool {
	strong := 1
	if c.key.Wide { // one group alone would be explained by something else
		strong = 2
	}
	if c.size < max(c.key.Least, strong) {
		return false
	}
	if m := w.members()[0]; c.size == 1 && m.past && !m.clear {
		return false // then it is a trend
	}
	return w.strong >= strong && c.events >= LeastEvents ||
		c.size >= LeastGroups && d.dense(w.members(), len(w.all), c.key, groups)
}

// dense says whether the first three or more of the starts are closer together than
// chance allows, under a Poisson distribution. all is the number of starts of the key
// in the entire window, and groups are all groups of the key.
func (d *finder) dense(together []member, all int, key Key, groups []int) bool {
	limits := rare(digits(all))
	d.round++
	k := 0
	from := together[0].at
	for i, m := range together[:min(len(together), mostTogether)] {
		if d.seen[m.group] != d.round {
			d.seen[m.group] = d.round
			k++
		}
		if k < LeastGroups {
			continue
		}
		width := max(m.at-from, hour)
		if m.past || together[0].past { // its start is known only to the interval
			width = max(width, d.step)
		}
		// Assume one start more than there are, so that zero other starts are not taken
		// for a rate of zero.
		expected := float64(all-i) * math.Min(1, float64(width)/float64(d.to-d.from))
		if expected >= limits[mostTogether] {
			return false // it only grows from here on
		}
		if expected >= limits[k] {
			continue
		}
		begun := d.beginnings(key, groups)
		if expected+begun.between(from, from+width) < limits[k] {
			return true
		}
	}
	return false
}

// curveSteps is the number of points at which a curve is computed.
const curveSteps = 120

// beginnings returns the curve of a key, which is computed only once.
func (d *finder) beginnings(key Key, groups []int) curve {
	if c, ok := d.curves[key]; ok {
		return c
	}
	c := curve{from: d.from, step: max((d.to-d.from)/curveSteps, 1), begun: make([]float64, curveSteps+2)}
	for _, i := range groups {
		g := &d.groups[i]
		begin := max(g.Begin, d.from)
		rate := float64(len(g.Times)) / (float64(max(d.to-begin, hour)) / day)
		// From step to step, the probability of no event falls by a constant factor.
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

// between returns how many groups would start in [from, to).
func (c *curve) between(from, to int64) float64 { return c.at(to) - c.at(from) }

func (c *curve) at(t int64) float64 {
	n := min(max((t-c.from)/c.step, 0), int64(len(c.begun)-2))
	part := float64(t-c.from-n*c.step) / float64(c.step)
	return c.begun[n] + min(max(part, 0), 1)*(c.begun[n+1]-c.begun[n])
}

// chance is how improbable starts of a key must be to count as being together, if the
// key has ten starts. The more starts a key has, the more often some of them are close
// together by chance.
const chance = 1e-5

// digits returns how many digits a number has after the first, at most mostDigits.
func digits(n int) (digits int) {
	for ; n > 10 && digits < mostDigits; n /= 10 {
		digits++
	}
	return digits
}

const mostDigits = 7

// rare returns, for each number of starts that are together, how many may be expected
// at most if the starts are not to count as chance. The limits depend on how many starts
// the key has, by the digits of that number.
func rare(digits int) *[mostTogether + 1]float64 { return rares[digits]() }

var rares = func() (all [mostDigits + 1]func() *[mostTogether + 1]float64) {
	for digits := range all {
		all[digits] = sync.OnceValue(func() *[mostTogether + 1]float64 {
			p := chance * math.Pow10(-digits)
			limits := &[mostTogether + 1]float64{}
			for n := 1; n <= mostTogether; n++ {
				low, high := limits[n-1], float64(n)
				for range 20 {
					mean := (low + high) / 2
					if (distuv.Poisson{Lambda: mean}).Survival(float64(n-1)) < p {
						low = mean
					} else {
						high = mean
					}
				}
				limits[n] = low
			}
			return limits
		})
	}
	return all
}()
