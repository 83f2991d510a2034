package incident

import (
	"math"
	"slices"
)

// togetherP is how improbable a jump of all groups that a change could have caused must
// be, where none of them shows it by itself.
const togetherP = 1e-4

// pooledEvidence weighs a change by the events of all groups that it could have caused: seven
// callers that were denied now and then, and all at once after a change, need not be
// many events each. It returns nil if they do not jump.
func (d *finder) pooledEvidence(changes []Change, i int) *explained {
	c := &changes[i]
	var groups []int
	for _, g := range c.Groups {
		if _, found := slices.BinarySearch(c.Unlikely, g); !found && !d.taken[g] {
			groups = append(groups, g)
		}
	}
	best := &explained{change: i, evidence: -math.Log(togetherP)}
	for _, length := range jumpSpans {
		if e := d.pooledEvidenceIn(c, groups, length); e != nil && e.evidence > best.evidence {
			best.evidence, best.members = e.evidence, e.members
		}
	}
	if best.members == nil {
		return nil
	}
	return best
}

// pooledEvidenceIn weighs the events of the groups in a time after a change.
func (d *finder) pooledEvidenceIn(c *Change, groups []int, length int64) *explained {
	end := min(c.At+length, d.to)
	if c.At-d.from < 4*length {
		return nil
	}
	total, mean := 0, 0.5*float64(end-c.At)/float64(c.At-d.from)
	e := &explained{}
	sources := map[string]bool{}
	for _, i := range groups {
		g := &d.groups[i]
		begin := max(g.Begin, d.from)
		if begin >= c.At-length {
			continue
		}
		first, _ := slices.BinarySearch(g.Times, c.At)
		n := countIn(g.Times, c.At, end)
		usual := float64(countIn(g.Times, begin, c.At)) * float64(end-c.At) / float64(c.At-begin)
		total, mean = total+n, mean+usual
		if n > 0 && g.Times[first]-c.At <= d.reach && float64(n) >= leastJump*usual {
			e.members = append(e.members, i)
			sources[g.Source] = true
		}
	}
	if len(sources) < 2 || total < leastToJump || float64(total) < leastJump*mean {
		return nil
	}
	if 2*total < 3*mostIn(Pool(d.groups, groups, d.from, c.At), length) {
		return nil
	}
	p := upperTail(total, mean, dispersion) * float64(len(jumpSpans))
	e.evidence = -math.Log(max(p, 1e-30))
	return e
}
