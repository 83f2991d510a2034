package compare

import (
	"cmp"
	"slices"
)

// leastImproved is how many recent denials a policy needs before their end tells
// something. Trends ask for as many.
const leastImproved = 10

// policiesOf returns the policies that improved: they denied many requests recently in
// the earlier report, and none in the later one. Where a trail was not read any more,
// that is not known.
func policiesOf(earlier, later *Report) (list []PolicyChange) {
	unread := missing(&earlier.Coverage, &later.Coverage)
	recent := map[PolicyKey]int{}
	for i := range later.Policies {
		recent[later.Policies[i].document()] += later.Policies[i].Recent
	}
	before := map[PolicyKey]int{} // by index in list
	for i := range earlier.Policies {
		p := &earlier.Policies[i]
		key := p.document()
		if recent[key] > 0 || unread.hidesAny(earlier, p) {
			continue
		}
		if n, ok := before[key]; ok {
			list[n].Before += p.Recent
			continue
		}
		before[key] = len(list)
		list = append(list, PolicyChange{p.PolicyKey, p.Recent})
	}
	list = slices.DeleteFunc(list, func(c PolicyChange) bool { return c.Before < leastImproved })
	slices.SortStableFunc(list, func(a, b PolicyChange) int { return cmp.Compare(b.Before, a.Before) })
	return list
}

// document returns what the ways have in common in which one document denies requests.
func (p *Policy) document() PolicyKey {
	key := p.PolicyKey
	switch kind := p.Cause.Policy(); {
	case key.PolicyARN != "":
		return PolicyKey{PolicyARN: key.PolicyARN}
	case key.VPCEndpoint != "":
		return PolicyKey{VPCEndpoint: key.VPCEndpoint}
	case kind != "" && key.Bucket+key.Principal != "":
		key.Cause = ""
	}
	return key
}

// hidesAny says whether denials by a policy could not be seen any more.
func (r *reading) hidesAny(in *Report, p *Policy) bool {
	if len(r.accounts) == 0 && len(r.regions) == 0 {
		return false
	}
	return slices.ContainsFunc(in.Groups, func(g Group) bool {
		return r.hides(&g) && slices.ContainsFunc(g.Causes, func(c Cause) bool {
			return c.PolicyARN == p.PolicyARN && (p.PolicyARN != "" || c.Cause == p.Cause)
		})
	})
}
