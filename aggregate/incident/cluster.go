package incident

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// candidate is a set of groups with a key in common that began together.
type candidate struct {
	key     Key
	members []int // ascending
	at      int64 // of the first start
	until   int64 // how long they are strong
	events  int   // of the members in the first days
}

// better orders candidates, the best first: the one that explains the most
// groups, then the most specific key, then the most events.
func better(a, b *candidate) int {
	return cmp.Or(
		cmp.Compare(len(b.members), len(a.members)),
		cmp.Compare(a.key.Rank, b.key.Rank),
		cmp.Compare(b.events, a.events),
		cmp.Compare(a.at, b.at),
		cmp.Compare(a.key.Value, b.key.Value),
	)
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
		for end < len(all) && all[end].at-all[i].at <= d.together {
			end++
		}
		if c := d.qualify(key, all[i:end], len(all)); c != nil && (best == nil || better(c, best) < 0) {
			best = c
		}
	}
	return best
}

// mostTogether bounds the starts that are compared with each other: of more,
// the first tell enough.
const mostTogether = 500

// qualify says whether starts that fall together are an incident: some is
// strong by itself and there are events enough, or there are at least three
// groups whose starts lie too close for chance. all is how many starts the key
// has in the whole time.
func (d *finder) qualify(key Key, together []member, all int) *candidate {
	c := &candidate{key: key, at: together[0].at}
	strong := false
	for i, m := range together {
		if slices.ContainsFunc(together[:i], func(o member) bool { return o.group == m.group }) {
			continue
		}
		if i >= mostTogether {
			break
		}
		c.members = append(c.members, m.group)
		c.until = max(c.until, m.until)
		c.events += countIn(d.groups[m.group].Times, m.at, m.at+d.early)
		strong = strong || m.strong
	}
	slices.Sort(c.members)
	if strong && c.events >= LeastEvents || len(c.members) >= LeastGroups && d.dense(together, all) {
		return c
	}
	return nil
}

// dense says whether the first three or more of the starts lie closer together
// than chance would have them: under a Poisson process with the rate of the
// key's other starts, plus one.
func (d *finder) dense(together []member, all int) bool {
	const chance = 1e-4
	groups := map[int]bool{}
	for i, m := range together[:min(len(together), mostTogether)] {
		groups[m.group] = true
		k := len(groups)
		if k < LeastGroups {
			continue
		}
		width := max(m.at-together[0].at, hour)
		if m.past || together[0].past { // known to the interval only
			width = max(width, d.step)
		}
		others := float64(all-i-1) + 1
		expected := others * math.Min(1, float64(width)/float64(d.to-d.from))
		if (distuv.Poisson{Lambda: expected}).Survival(float64(k-1)) < chance {
			return true
		}
	}
	return false
}
