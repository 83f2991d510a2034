package group

import (
	"cmp"
	"slices"

	"trail403/aggregate/policy"
)

// join says that a policy denied a group for a cause. All three are indexes.
type join struct{ group, cause, policy int32 }

// joined gives each cause of the groups the documents that denied the group for it.
func joined(groups []Group, joins []join, found *policy.Found) {
	for i := range joins {
		joins[i].policy = found.DocumentOf[joins[i].policy]
	}
	slices.SortFunc(joins, func(a, b join) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.cause, b.cause), cmp.Compare(a.policy, b.policy))
	})
	for _, j := range slices.Compact(joins) {
		c := &groups[j.group].Causes[j.cause]
		if c.Documents == nil { // usually there is one, which needs no list of its own
			c.Documents = found.Documents[j.policy : j.policy+1 : j.policy+1]
		} else {
			c.Documents = append(c.Documents, found.Documents[j.policy])
		}
	}
}
