package amendment

import (
	"slices"
	"strings"

	"trail403/ingest/policydoc"
)

// widens returns what else a statement would allow with an addition: its other actions on
// an added resource, its other resources for an added action, and both for an added
// principal or value. ok is false if that is more than the statement names one by one.
func widens(s *policydoc.Statement, e Element, n *Need) (also []string, ok bool) {
	if s.Actions.Not || s.Resources.Not {
		return nil, false
	}
	if e != Action {
		also, ok = others(s.Actions.Values, []string{n.Action})
		if !ok {
			return nil, false
		}
	}
	if e != Resource && s.Resources.Given {
		resources, ok := others(s.Resources.Values, n.Resources)
		if !ok && !isOfKey(n) {
			return nil, false
		}
		also = append(also, resources...)
	}
	return also, true
}

// isOfKey says whether the need is about a KMS key, in whose policy * is the key.
func isOfKey(n *Need) bool { return strings.HasPrefix(n.Action, "kms:") }

// others returns the values that are not needed. ok is false if one of them is a wildcard
// for all that there is, or all of a service.
func others(values, needed []string) (list []string, ok bool) {
	for _, v := range values {
		if slices.ContainsFunc(needed, func(n string) bool { return strings.EqualFold(n, v) }) {
			continue
		}
		if isEverything(v) {
			return nil, false
		}
		list = append(list, v)
	}
	return list, true
}

// isEverything says whether a value has nothing that is not a wildcard after its last colon.
func isEverything(v string) bool {
	return strings.Trim(v[strings.LastIndexByte(v, ':')+1:], "*?/") == ""
}
