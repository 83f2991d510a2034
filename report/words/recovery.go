package words

import (
	"trail403/aggregate"
	"trail403/report/page"
)

// Recovery says what became of the requests of a group since its last denial. It is
// empty if nobody asked.
func Recovery(g *aggregate.Group, w aggregate.Window) page.Text {
	r := g.Recovery
	if r == nil {
		return ""
	}
	count := Comma(r.Successes)
	if r.AtLeast {
		count = "at least " + count
	}
	since := " since " + Moment(r.First, w) + " UTC"
	switch r.State {
	case aggregate.Fixed:
		t := "succeeded " + count + " times" + since
		if r.Successes == 1 {
			t = "succeeded once, on " + Moment(r.First, w) + " UTC"
		}
		if !g.Denied.Keyless {
			t += ", under the same key prefix"
		}
		return t + ", and never while it was denied"
	case aggregate.SucceedsElsewhere:
		t := count + " requests succeeded" + since
		if r.Successes == 1 {
			t = "1 request succeeded on " + Moment(r.First, w) + " UTC"
		}
		return t + ", but under other key prefixes, or where some succeeded while others were denied"
	}
	return "no request succeeded"
}

// Recoveries counts what became of groups. It is empty if nobody asked.
func Recoveries(groups []*aggregate.Group) page.Text {
	counts := map[aggregate.RecoveryState]int{}
	for _, g := range groups {
		if g.Recovery == nil {
			return ""
		}
		counts[g.Recovery.State]++
	}
	var parts []page.Text
	add := func(state aggregate.RecoveryState, one, many page.Text) {
		switch n := counts[state]; {
		case n == 1:
			parts = append(parts, Plural(n, "group")+" "+one)
		case n > 1:
			parts = append(parts, Plural(n, "group")+" "+many)
		}
	}
	add(aggregate.Fixed, "is fixed", "are fixed")
	add(aggregate.SucceedsElsewhere, "succeeds elsewhere", "succeed elsewhere")
	add(aggregate.NoRequestSince, "has no successful request", "have no successful request")
	return Listed(parts)
}
