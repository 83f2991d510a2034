package model

import (
	"slices"

	"trail403/aggregate"
	"trail403/aggregate/evaluate"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
	"trail403/report/words"
)

// statementOf returns the statement that has to do with most of what a policy denies, nil
// if none is known. lost says that it is an Allow which a change took away.
func statementOf(p *aggregate.Policy, in *Incident, groups []*aggregate.Group) (s *aggregate.Statement, lost bool) {
	if in != nil && in.Proof != nil && fits(p.Cause, &in.Proof.Statement) {
		return plain(&in.Proof.Statement), in.Proof.Effect == policydoc.Allow
	}
	var list []aggregate.Statement
	all := 0
	for _, g := range groups {
		all += g.Denials
		for i := range g.Statements {
			st := &g.Statements[i]
			if !fits(p.Cause, st) {
				continue
			}
			at := slices.IndexFunc(list, func(x aggregate.Statement) bool { return x.IsSame(st) })
			if at < 0 {
				at = len(list)
				list = append(list, *st)
				list[at].Denials = 0
			}
			list[at].Denials += st.Denials
		}
	}
	for i := range list {
		if 2*list[i].Denials > all && (s == nil || list[i].Denials > s.Denials) {
			s = &list[i]
		}
	}
	if s == nil {
		return nil, false
	}
	return plain(s), false
}

// fits says whether a statement is of the kind of policy that denies for the cause.
func fits(c event.Cause, s *aggregate.Statement) bool {
	switch {
	case c == event.KMSKey || c == event.NotTold || c == event.Truncated:
		return false
	case c.Policy() != "" && c.Policy() != s.Kind:
		return false
	case c.Effect() == event.Explicit:
		return s.Matches != evaluate.Misses && s.Effect == policydoc.Deny
	}
	return c.Policy() != ""
}

// plain returns a statement whose names are plain: others stay out of sentences. It is nil
// if its policy has no such name.
func plain(s *aggregate.Statement) *aggregate.Statement {
	out := *s
	out.Name, out.On, out.Sid = words.Plain(s.Name), words.Plain(s.On), words.Plain(s.Sid)
	if out.Name != s.Name || out.On != s.On {
		return nil
	}
	return &out
}
