package statement

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/rows"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Effect is what a change did to the statements of policies.
type Effect struct {
	at        int64
	revisions []revision
	lost      map[request]*Statement // what requests lost, nil if nothing
}

// revision is what a change did to one document.
type revision struct {
	document.Revision
	kind  event.Policy
	added map[string]bool // Deny statements that the document before does not have
	lost  map[string]bool // Allow statements that the document after does not have
	known bool            // what the document before says
}

// EffectOf returns what a change did, nil if it put no document into force, and removed
// none, that can be why requests are denied.
func (j *Judge) EffectOf(c *event.Change) *Effect {
	if len(j.verdicts) == 0 || c.EventID == "" {
		return nil
	}
	e := &Effect{at: c.Time.UnixMicro(), lost: map[request]*Statement{}}
	for _, rv := range j.book.Revisions(c.EventID) {
		before, after := rv.Before.Document, rv.After.Document
		if after == nil && !rv.After.Gone {
			continue
		}
		r := revision{
			Revision: rv, kind: cmp.Or(rv.After.Kind, rv.Before.Kind), known: rv.Before.Known(),
			added: without(after, before, policydoc.Deny), lost: without(before, after, policydoc.Allow),
		}
		if len(r.added)+len(r.lost) > 0 {
			e.revisions = append(e.revisions, r)
		}
	}
	if len(e.revisions) == 0 {
		return nil
	}
	return e
}

// without returns the statements with an effect that only the first document has.
func without(d, other *policydoc.Document, effect policydoc.Effect) map[string]bool {
	set := statementsOf(d, effect)
	for s := range statementsOf(other, effect) {
		delete(set, s)
	}
	return set
}

func statementsOf(d *policydoc.Document, effect policydoc.Effect) map[string]bool {
	set := map[string]bool{}
	if d == nil {
		return set
	}
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Effect == effect {
			set[s.Canonical()] = true
		}
	}
	return set
}

// isOf says whether a policy is the one that the change set.
func (r *revision) isOf(kind event.Policy, name, on string) bool {
	return kind == r.kind && (name == r.Of.Name || on == r.Of.Name && name == r.Name)
}

// explains returns the statement with which a change explains a denial: a Deny that it
// added, or an Allow that it removed. There is none if an older Deny blocks the request as
// well. isSure says that the document before the change is known.
func (j *Judge) explains(e *Effect, r *rows.Row) (best *Statement, isSure bool) {
	v := j.verdict(r)
	if v == nil || r.Micros < e.at {
		return nil, false
	}
	for i := range v.hits {
		h := &v.hits[i]
		if h.matches != evaluate.Refuses {
			continue
		}
		k := j.ids[h.statement]
		n := slices.IndexFunc(e.revisions, func(r revision) bool {
			return r.isOf(k.kind, k.name, k.on) && r.added[k.complete]
		})
		if n < 0 {
			return nil, false
		}
		if best == nil {
			best, isSure = h.statement, e.revisions[n].known
		}
	}
	if best != nil {
		return best, isSure
	}
	k, _ := j.of(r)
	s, known := e.lost[k]
	if !known {
		s = j.lost(e, r)
		e.lost[k] = s
	}
	return s, s != nil
}

// lost returns the Allow that a request lost by a change, nil if there is none.
func (j *Judge) lost(e *Effect, r *rows.Row) *Statement {
	d, req := j.read(r)
	var policies []evaluate.Policy
	for i := range e.revisions {
		rv := &e.revisions[i]
		if len(rv.lost) == 0 || !lacksAllow(d.Cause, rv) {
			continue
		}
		if policies == nil {
			policies = j.book.Concerned(d, req)
		}
		now := evaluate.Policy{Kind: rv.kind, Name: rv.Name, On: rv.Of.Name, Document: &policydoc.Document{}}
		n := slices.IndexFunc(policies, func(p evaluate.Policy) bool { return rv.isOf(p.Kind, p.Name, p.On) })
		switch {
		case n >= 0:
			now = policies[n]
		case !rv.After.Gone || !j.concerns(rv, d, req):
			continue
		}
		if s := evaluate.Lost(req, &now, rv.Before.Document); s != nil && rv.lost[s.Canonical()] {
			return j.statementOf(&evaluate.Finding{Policy: &now, Statement: s})
		}
	}
	return nil
}

// concerns says whether the document before a change concerned a request.
func (j *Judge) concerns(rv *revision, d *event.Denial, r *evaluate.Request) bool {
	then := *d
	then.Time = rv.Before.Since
	return slices.ContainsFunc(j.book.Concerned(&then, r), func(p evaluate.Policy) bool {
		return rv.isOf(p.Kind, p.Name, p.On)
	})
}

// removes says whether the change removed a statement, and put no other in its place.
func (e *Effect) removes(s *Statement) bool {
	return slices.ContainsFunc(e.revisions, func(r revision) bool {
		return r.After.Gone || slices.ContainsFunc(r.Differences, func(d policydoc.Difference) bool {
			return d.Op == policydoc.Removed && d.Statement == s.Number && d.Sid == s.Sid
		})
	})
}

// lacksAllow says whether a cause can be that the policy of a revision allows too little.
func lacksAllow(c event.Cause, rv *revision) bool {
	switch {
	case c.Effect() == event.Implicit, c == event.VPCEUnknown:
		return c.Policy() == rv.kind
	case c == event.KMSKey:
		return rv.Of.Type == change.Key
	}
	return false
}

// soon is how soon after a change the first denial must come where the document before
// is not known: the statement may be older, and then somebody who begins to call is denied
// at any time.
const soon = time.Hour

// Explains says whether a change explains that a group is denied, by the denials after it
// and within reach. Where the document before is not known, the group must be denied soon,
// and must not have been denied for the same reason before.
func (j *Judge) Explains(e *Effect, all iter.Seq[*rows.Row], reach time.Duration) bool {
	explained := map[uint32]bool{} // the causes
	isKnown := true
	for r := range all {
		lag := time.Duration(r.Micros-e.at) * time.Microsecond
		if lag < 0 || lag > reach {
			continue
		}
		if s, isSure := j.explains(e, r); s != nil && (isSure || lag <= soon) {
			explained[j.t.Number(r, rows.Cause)] = true
			isKnown = isKnown && isSure
		}
	}
	if len(explained) == 0 || isKnown {
		return len(explained) > 0
	}
	for r := range all {
		if r.Micros < e.at && explained[j.t.Number(r, rows.Cause)] {
			return false
		}
	}
	return true
}

// Prove counts how many denials since the onset the statements of a change explain. It
// returns nil if there is none.
func (j *Judge) Prove(e *Effect, groups []iter.Seq[*rows.Row], onset int64) *Proof {
	counts, had := map[*Statement]*Proof{}, map[*Statement]map[string]int{}
	of := 0
	for _, all := range groups {
		for r := range all {
			if r.Micros < onset {
				continue
			}
			of++
			s, isSure := j.explains(e, r)
			if s == nil {
				continue
			}
			p := counts[s]
			if p == nil {
				p = &Proof{Statement: *s, IsNew: isSure && s.Effect == policydoc.Deny}
				p.redact()
				counts[s], had[s] = p, map[string]int{}
			}
			p.Explained++
			v := j.verdict(r)
			for i := range v.hits {
				if v.hits[i].statement == s {
					had[s][v.hits[i].had]++
				}
			}
		}
	}
	var list []*Proof
	for s, p := range counts {
		p.Had = hadOf(had[s])
		p.Of, p.Denials = of, p.Explained
		p.IsRemoved = e.removes(s)
		list = append(list, p)
	}
	if len(list) == 0 {
		return nil
	}
	return slices.MinFunc(list, func(a, b *Proof) int { return compare(a.Statement, b.Statement) })
}
