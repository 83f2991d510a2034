package suggest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// draft gathers the actions on each resource.
type draft struct {
	denials   int
	resources map[string][]string // sorted, without duplicates
	notes     map[string]bool
}

func (d *draft) allow(action, resource string) {
	actions := d.resources[resource]
	if i, found := slices.BinarySearch(actions, action); !found {
		d.resources[resource] = slices.Insert(actions, i, action)
	}
}

// statements returns one statement for all resources with the same actions, in the
// order of their first resource.
func (d *draft) statements() (list []Statement) {
	at := map[string]int{} // by actions
	for _, resource := range slices.Sorted(maps.Keys(d.resources)) {
		actions := d.resources[resource]
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

// policy turns a draft into a policy.
func (at place) policy(principal string, d *draft) Policy {
	p := Policy{
		Kind: at.kind, Target: at.target, Attach: attachWords[at.kind](at.target, principal), Denials: d.denials,
		Notes:    slices.Sorted(maps.Keys(d.notes)),
		Document: Document{Version: "2012-10-17", Statement: d.statements()},
	}
	for i := range p.Document.Statement {
		s := &p.Document.Statement[i]
		switch at.kind {
		case Bucket, Key:
			s.Principal = map[string]string{"AWS": principal}
		case Endpoint:
			// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
			s.Principal = "*"
			s.Condition = map[string]map[string]string{"ArnEquals": {"aws:PrincipalArn": principal}}
		}
	}
	return p
}
