package policydoc

import "strings"

// Match says how a statement and a request fit, element by element.
type Match struct {
	Principal  Truth
	Action     Truth
	Resource   Truth
	Conditions []Truth // for each condition of the statement

	// Grant says how directly the statement names the caller.
	Grant Grant
	// Unseen names what the answer depends on and the log does not show: condition
	// keys, or elements. It is empty unless the answer is [Unseen].
	Unseen []string
}

// Truth says whether the statement is about the request: all elements hold.
func (m *Match) Truth() Truth {
	answer := min(m.Principal, m.Action, m.Resource)
	for _, t := range m.Conditions {
		answer = min(answer, t)
	}
	return answer
}

// Match matches the statement against a request. A statement without the Principal
// element, as in policies of identities and organizations, is about every caller.
func (s *Statement) Match(r *Request) Match {
	m := Match{Principal: Holds, Resource: Holds, Grant: ToCaller}
	var missing unseen
	// What was missed counts only where the answer depends on it.
	note := func(t Truth, names unseen) Truth {
		if t == Unseen {
			for _, name := range names {
				missing.add(name)
			}
		}
		return t
	}
	if s.Principals.Given {
		var names unseen
		m.Principal, m.Grant = s.Principals.holds(r, &names)
		note(m.Principal, names)
	}
	var ofAction, ofResource unseen
	m.Action = note(s.Actions.action(r, &ofAction), ofAction)
	if s.Resources.Given {
		m.Resource = note(s.Resources.resource(r, s.variables, &ofResource), ofResource)
	}
	for i := range s.Conditions {
		var names unseen
		t := s.Conditions[i].holds(&r.Context, s.variables, &names)
		m.Conditions = append(m.Conditions, note(t, names))
	}
	if m.Truth() == Unseen {
		m.Unseen = missing
	}
	return m
}

// action says whether the element means the action. The names of actions are the
// same in any case.
func (n *Names) action(r *Request, missing *unseen) Truth {
	action := lower(r.Action)
	return n.any("Action", missing, func(pattern string) Truth {
		switch {
		case pattern == "*":
			return Holds
		case action == "":
			return missing.add("Action")
		}
		return truthOf(glob(lower(pattern), action))
	})
}

// resource says whether the element means the resource.
func (n *Names) resource(r *Request, variables bool, missing *unseen) Truth {
	return n.any("Resource", missing, func(pattern string) Truth {
		switch {
		case pattern == "*":
			return Holds
		case r.Resource == "" || len(r.Resource) > maxText:
			return missing.add("Resource")
		case variables:
			text, found := expand(pattern, &r.Context, missing)
			if found == Fails && n.Not {
				// AWS says only that such a value matches no resource, not whether the
				// statement is then about all resources or about none.
				return missing.add("NotResource")
			}
			if found != Holds {
				return found
			}
			pattern = text
		}
		if r.ResourceOpen {
			return begins(pattern, r.Resource, missing)
		}
		return truthOf(glob(pattern, r.Resource))
	})
}

// begins says whether a pattern matches a resource of which only the beginning is
// known: all that begin so, none of them, or some.
func begins(pattern, resource string, missing *unseen) Truth {
	fixed := pattern
	if i := strings.IndexAny(pattern, "*?"); i >= 0 {
		fixed = pattern[:i]
	}
	fixed = plain(fixed)
	common := min(len(fixed), len(resource))
	switch {
	case strings.HasSuffix(pattern, "*") && glob(pattern, resource):
		return Holds // the last * takes the rest too
	case fixed[:common] != resource[:common], len(fixed) == len(pattern) && len(fixed) < len(resource):
		return Fails
	}
	return missing.add("Resource")
}

// any says whether a value of the element is meant, or, for an element whose name
// begins with Not, whether none is. AWS does not say what such an element means
// that names nothing.
func (n *Names) any(element string, missing *unseen, means func(pattern string) Truth) Truth {
	answer := Fails
	for _, pattern := range n.Values {
		if answer = max(answer, means(pattern)); answer == Holds {
			break
		}
	}
	switch {
	case !n.Not:
		return answer
	case len(n.Values) == 0:
		return missing.add("Not" + element)
	}
	return answer.not()
}

// lower returns the text with the letters A to Z in lower case.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if 'A' <= b[i] && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
