package amendment

import (
	"slices"
	"strings"

	"trail403/aggregate/evaluate"
	"trail403/ingest/policydoc"
)

// miss is what keeps a statement from being about requests: one element.
type miss struct {
	element   Element
	condition int // which one, of a condition
}

// missOf returns the only element of an Allow statement that misses the requests of a
// need. isAll says that none does.
func missOf(p *evaluate.Policy, s *policydoc.Statement, n *Need) (m miss, ok, isAll bool) {
	isAll = true
	for i := range n.Requests {
		one, matches, few := missOfRequest(n.Requests[i].Request.Match(p, s))
		switch {
		case matches:
			continue
		case !few, !isAll && one != m:
			return miss{}, false, false
		}
		m, isAll = one, false
	}
	return m, !isAll, isAll
}

// missOfRequest returns the only element that misses one request. The rest of an object
// key can be unseen: then the resources of the need are what is to be added.
func missOfRequest(match policydoc.Match) (m miss, matches, ok bool) {
	var list []miss
	unsure := false
	note := func(t policydoc.Truth, one miss) {
		if t != policydoc.Holds {
			list = append(list, one)
			unsure = unsure || t == policydoc.Unseen && one.element != Resource
		}
	}
	note(match.Principal, miss{element: Principal})
	note(match.Action, miss{element: Action})
	note(match.Resource, miss{element: Resource})
	for i, t := range match.Conditions {
		note(t, miss{Condition, i})
	}
	if len(list) == 0 {
		return miss{}, true, true
	}
	return list[0], false, len(list) == 1 && !unsure
}

// extensible are the operators to whose values one can be added.
var extensible = []string{"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"}

// maxValues bounds how many values an edit adds to a condition. More are not the smallest
// edit of anything.
const maxValues = 3

// additions returns the values that have to be added to the element that misses, or
// nothing if that is not possible.
func additions(p *evaluate.Policy, s *policydoc.Statement, m miss, n *Need) []string {
	switch m.element {
	case Principal:
		if !s.Principals.Given || s.Principals.Not {
			return nil
		}
		return []string{n.Principal}
	case Action:
		if s.Actions.Not {
			return nil
		}
		return []string{n.Action}
	case Resource:
		hasVariables := slices.ContainsFunc(n.Resources, func(r string) bool { return strings.Contains(r, "${") })
		if !s.Resources.Given || s.Resources.Not || hasVariables && !s.HasVariables() {
			return nil
		}
		isThere := func(r string) bool { return slices.Contains(s.Resources.Values, r) }
		return slices.DeleteFunc(slices.Clone(n.Resources), isThere)
	}
	return valuesFor(p, s, m.condition, n)
}

// valuesFor returns the values that the requests had for the key of a condition, as far as
// it does not hold for them.
func valuesFor(p *evaluate.Policy, s *policydoc.Statement, at int, n *Need) (list []string) {
	c := &s.Conditions[at]
	if !slices.Contains(extensible, strings.ToLower(c.Operator)) {
		return nil
	}
	for i := range n.Requests {
		if match := n.Requests[i].Request.Match(p, s); match.Conditions[at] == policydoc.Holds {
			continue
		}
		values, seen := n.Requests[i].Request.Context.Lookup(c.Key)
		if !seen || len(values) != 1 || strings.ContainsAny(values[0], "*?$") {
			return nil
		}
		if !slices.Contains(list, values[0]) {
			list = append(list, values[0])
		}
	}
	slices.Sort(list)
	if len(list) > maxValues {
		return nil
	}
	return list
}
