package suggest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"trail403/aggregate/amendment"
)

// draft gathers what a policy would have to allow.
type draft struct {
	needs []need
	notes map[string]bool
}

// need is what a policy would have to allow for requests of one group.
type need struct {
	amendment.Need
	denials int
	last    time.Time // of them
	notes   []string  // how much wider the resources are than what was denied
}

// statements returns one statement for all resources for which the same actions are needed,
// in the order of their first resource.
func statements(needs []need) (list []Statement) {
	byResource := map[string][]string{} // actions: sorted, without duplicates
	for i := range needs {
		n := &needs[i]
		for _, resource := range n.Resources {
			actions := byResource[resource]
			if at, found := slices.BinarySearch(actions, n.Action); !found {
				byResource[resource] = slices.Insert(actions, at, n.Action)
			}
		}
	}
	at := map[string]int{} // by actions
	for _, resource := range slices.Sorted(maps.Keys(byResource)) {
		actions := byResource[resource]
		key := strings.Join(actions, " ")
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key] = i
			list = append(list, Statement{Sid: fmt.Sprintf("Refused%d", i+1), Effect: "Allow", Action: actions})
		}
		list[i].Resource = append(list[i].Resource, resource)
	}
	return list
}

// document returns a document that allows what is needed.
func (at place) document(principal string, needs []need) Document {
	d := Document{Version: "2012-10-17", Statement: statements(needs)}
	for i := range d.Statement {
		s := &d.Statement[i]
		switch at.kind {
		case Bucket, Key:
			s.Principal = map[string]string{"AWS": principal}
		case Endpoint:
			// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
			s.Principal = "*"
			s.Condition = map[string]map[string]string{"ArnEquals": {"aws:PrincipalArn": principal}}
		}
	}
	return d
}
