package evaluate

import (
	"strings"

	"trail403/ingest/policydoc"
)

// tooFar is the distance of a statement that has nothing to do with a request: one of
// another action on another bucket. What is farther has nothing to do with it either.
const tooFar = 6

// nearest returns the Allow statement of the policies that comes nearest to the
// request, and how far it is: 0 if it may be about the request after all, and less
// if it is. Of those that are as near, it is the first. ok is false if none is near.
func nearest(r *Request, policies []*Policy) (f Finding, far int, ok bool) {
	far = tooFar
	for _, p := range policies {
		for s := range p.statements(policydoc.Allow) {
			m := r.Match(p, s)
			if d := distance(r, s, &m); d < far {
				far, ok = d, true
				f = Finding{Policy: p, Statement: s, Matches: Misses, Why: miss(r, p, s, &m), Unseen: unseenOf(&m)}
			}
		}
	}
	return f, far, ok
}

// unseenOf returns what the match depends on. Nothing depends on it where another
// element fails.
func unseenOf(m *policydoc.Match) []string {
	if m.Truth() != policydoc.Unseen {
		return nil
	}
	return m.Unseen
}

// distance says how much of a statement is not about the request. Conditions are
// the nearest: everything else was written for requests like this one.
func distance(r *Request, s *policydoc.Statement, m *policydoc.Match) int {
	d := 0
	if m.Truth() == policydoc.Holds {
		return -1
	}
	if m.Principal == policydoc.Fails {
		d += 2
	}
	if m.Action == policydoc.Fails {
		d += 2
		if !ofService(s, r.Action) {
			d = tooFar
		}
	}
	if m.Resource == policydoc.Fails {
		d += 4
		if bucket := bucketOf(r.Resource); bucket != "" && (namesBucket(s, bucket) || namesObjectsOf(s, bucket)) {
			d -= 3
		}
	}
	for _, t := range m.Conditions {
		if t == policydoc.Fails {
			d++
		}
	}
	return d
}

// ofService says whether the statement is about actions of the service.
func ofService(s *policydoc.Statement, action string) bool {
	service, _, _ := strings.Cut(action, ":")
	for _, v := range s.Actions.Values {
		if of, _, _ := strings.Cut(v, ":"); strings.EqualFold(of, service) || v == "*" {
			return true
		}
	}
	return false
}
