package policy

import (
	"cmp"
	"slices"
)

// sortCauses sorts causes by denials descending, then by the other fields. It
// returns where each cause went.
func sortCauses(list []Cause) (to []int) {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &list[i], &list[j]
		return cmp.Or(
			cmp.Compare(b.Denials, a.Denials),
			cmp.Compare(a.Cause, b.Cause),
			cmp.Compare(a.DeniedAction, b.DeniedAction),
			cmp.Compare(a.PolicyARN, b.PolicyARN),
			cmp.Compare(a.WhyNotTold, b.WhyNotTold),
		)
	})
	to = make([]int, len(list))
	before := slices.Clone(list)
	for n, i := range order {
		list[n], to[i] = before[i], n
	}
	return to
}
