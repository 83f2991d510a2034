package link

import (
	"slices"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

// called is a service and what a call with it touched.
type called struct {
	service string
	target  event.Target
}

// index finds changes by what they touch, so that a group looks only at the changes
// that could concern it, however many there are. It finds at least those for which
// [About.touches] is true.
type index struct {
	touched map[called][]int
	anybody []int // policies of the organization that can reach every account
}

func indexOf(changes []event.Change, only map[string]bool) *index {
	x := &index{touched: map[called][]int{}}
	for i := range changes {
		c := &changes[i]
		if len(c.Targets) == 0 {
			continue
		}
		// For most calls, only the first target counts. For these, what is behind it
		// counts too.
		counting := c.Targets[:1]
		switch c.Targets[0].Type {
		case change.AccessPoint, change.MultiRegionAccessPoint, change.Alias:
			counting = c.Targets
		case change.OrganizationPolicy:
			counting = c.Targets
			if only[c.EventID] || slices.ContainsFunc(c.Targets, func(t event.Target) bool { return t.Type == change.Root }) {
				x.anybody = append(x.anybody, i)
			}
		}
		for _, t := range counting {
			k := called{serviceOf(c), t}
			x.touched[k] = append(x.touched[k], i)
		}
	}
	return x
}

// near appends the changes that could concern a to a list, in order and each one once.
func (x *index) near(a *About, list []int) []int {
	for service, targets := range a.by {
		for t := range targets {
			list = append(list, x.touched[called{service, t}]...)
		}
	}
	for t := range a.principals {
		list = append(list, x.touched[called{"iam", t}]...)
	}
	if a.unnamed {
		list = append(list, x.anybody...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
