package statement

import (
	"iter"
	"slices"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/rows"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Effect is what a change did to Deny statements.
type Effect struct {
	at        int64
	revisions []revision
}

// revision is what a change did to one document.
type revision struct {
	document.Revision
	has   map[string]bool // the statements of the document after that were not in it
	known bool            // what the document before says
}

// EffectOf returns what a change did, nil if it put no document into force that can
// deny a request.
func (j *Judge) EffectOf(c *event.Change) *Effect {
	if len(j.verdicts) == 0 || c.EventID == "" {
		return nil
	}
	e := &Effect{at: c.Time.UnixMicro()}
	for _, rv := range j.book.Revisions(c.EventID) {
		if rv.After.Document == nil {
			continue
		}
		r := revision{Revision: rv, has: denies(rv.After.Document), known: rv.Before.Known()}
		for s := range denies(rv.Before.Document) {
			delete(r.has, s)
		}
		if len(r.has) > 0 {
			e.revisions = append(e.revisions, r)
		}
	}
	if len(e.revisions) == 0 {
		return nil
	}
	return e
}

// denies returns the Deny statements of a document.
func denies(d *policydoc.Document) map[string]bool {
	set := map[string]bool{}
	if d == nil {
		return set
	}
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Effect == policydoc.Deny {
			set[s.Canonical()] = true
		}
	}
	return set
}

// holds says whether the statement came into force with the document.
func (r *revision) holds(k *identity) bool {
	ofThis := k.kind == r.After.Kind && (k.name == r.Of.Name || k.on == r.Of.Name && k.name == r.Name)
	return ofThis && r.has[k.complete]
}

// explains returns the statement of the change that denies a request: one that the
// document before did not have. There is none if an older statement blocks the request as well.
func (j *Judge) explains(e *Effect, v *verdict) (best *Statement, isNew bool) {
	if v == nil {
		return nil, false
	}
	for i := range v.hits {
		h := &v.hits[i]
		if h.matches != evaluate.Refuses || len(h.unseen) > 0 {
			continue
		}
		found := false
		k := j.ids[h.statement]
		for n := range e.revisions {
			r := &e.revisions[n]
			if r.holds(k) {
				found = true
				if best == nil {
					best, isNew = h.statement, r.known
				}
			}
		}
		if !found {
			return nil, false
		}
	}
	return best, isNew
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
		if s, isNew := j.explains(e, j.verdict(r)); s != nil && (isNew || lag <= soon) {
			explained[j.t.Number(r, rows.Cause)] = true
			isKnown = isKnown && isNew
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
	counts := map[*Statement]*Proof{}
	of := 0
	for _, all := range groups {
		for r := range all {
			if r.Micros < onset {
				continue
			}
			of++
			v := j.verdict(r)
			s, isNew := j.explains(e, v)
			if s == nil || r.Micros < e.at {
				continue
			}
			p := counts[s]
			if p == nil {
				p = &Proof{Statement: *s, IsNew: isNew}
				counts[s] = p
			}
			p.Explained++
		}
	}
	var list []*Proof
	for _, p := range counts {
		p.Of, p.Denials, p.Matches = of, p.Explained, evaluate.Refuses
		list = append(list, p)
	}
	if len(list) == 0 {
		return nil
	}
	return slices.MinFunc(list, func(a, b *Proof) int { return compare(a.Statement, b.Statement) })
}
