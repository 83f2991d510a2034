package link

import (
	"slices"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

// called is a service with what its call touched first.
type called struct {
	service string
	target  event.Target
}

// index finds changes by what they touch.
type index struct {
	main         map[called][]int
	indirect     []int // on what is only the way to something, such as an access point
	organization []int // on policies of the organization
}

func indexOf(changes []event.Change) *index {
	x := &index{main: map[called][]int{}}
	for i := range changes {
		c := &changes[i]
		if len(c.Targets) == 0 {
			continue
		}
		switch c.Targets[0].Type {
		case change.AccessPoint, change.MultiRegionAccessPoint, change.Alias:
			x.indirect = append(x.indirect, i)
		case change.OrganizationPolicy:
			x.organization = append(x.organization, i)
		}
		k := called{serviceOf(c), c.Targets[0]}
		x.main[k] = append(x.main[k], i)
	}
	return x
}

// near appends the changes that could concern it to a list, in order and each once.
func (x *index) near(a *About, list []int) []int {
	for service, targets := range a.by {
		for t := range targets {
			list = append(list, x.main[called{service, t}]...)
		}
	}
	for t := range a.principals {
		list = append(list, x.main[called{"iam", t}]...)
	}
	list = append(list, x.indirect...)
	if a.unnamed {
		list = append(list, x.organization...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
