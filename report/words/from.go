package words

import (
	"cmp"
	"maps"
	"slices"

	"trail403/aggregate"
	"trail403/report/page"
)

// From says from where, with which tools and in which sessions the callers of
// the groups came, or "": what finds the machine and the person.
func From(groups []*aggregate.Group) page.Text {
	ips, agents, endpoints, sessions := values{}, values{}, values{}, values{}
	for _, g := range groups {
		ips.add(&g.From.SourceIPs)
		agents.add(&g.From.UserAgents)
		endpoints.add(&g.From.VPCEndpoints)
		for _, e := range g.Examples {
			if e.Session != "" {
				sessions.count(e.Session, 1)
			}
		}
	}
	var parts []page.Text
	add := func(before page.Text, v *values, others bool) {
		if len(v.counts) > 0 {
			parts = append(parts, before+v.words(others))
		}
	}
	add("from ", &ips, true)
	add("with ", &agents, true)
	add("through ", &endpoints, true)
	add("sessions such as ", &sessions, false) // of the examples, so there may be more
	return page.Join(parts, ", ")
}

// MaxThings is how many things of one kind a sentence names.
const MaxThings = 3

// values adds up what several groups have most of.
type values struct {
	counts map[string]int
	others bool // that a group does not name
}

func (v *values) add(t *aggregate.Top) {
	for _, c := range t.List {
		v.count(c.Value, c.Denials)
	}
	v.others = v.others || t.OtherValues > 0
}

func (v *values) count(value string, n int) {
	if v.counts == nil {
		v.counts = map[string]int{}
	}
	v.counts[value] += n
}

// words names the values with most denials, and says that there are others.
func (v *values) words(others bool) page.Text {
	all := slices.SortedFunc(maps.Keys(v.counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(v.counts[b], v.counts[a]), cmp.Compare(a, b))
	})
	var list []page.Text
	for _, value := range all[:min(len(all), MaxThings)] {
		list = append(list, page.Name(value))
	}
	words := page.Join(list, ", ")
	switch {
	case !others || len(list) == len(all) && !v.others:
		return words
	case v.others:
		return words + " and others"
	}
	return words + " and " + Comma(len(all)-len(list)) + " more"
}

// Targets counts and names what the callers of many groups were denied.
func Targets(groups []*aggregate.Group) page.Text {
	actions, buckets := values{}, values{}
	for _, g := range groups {
		actions.count(g.Action, g.Denials)
		if g.Bucket != "" {
			buckets.count(g.Bucket, g.Denials)
		}
	}
	words := Plural(len(actions.counts), "action") + " (" + actions.words(true) + ")"
	if n := len(buckets.counts); n > 0 {
		words += " on " + Plural(n, "bucket") + " (" + buckets.words(true) + ")"
	}
	return words
}
