package aggregate

import (
	"iter"
	"slices"

	"trail403/aggregate/rows"
	"trail403/aggregate/statement"
	"trail403/ingest/event"
)

// prove finds, for each incident, the change whose statement denies most of its requests,
// which then comes first. The incident is proven if the statement denies all of them. The
// rows are those of the groups, in their order.
func (r *Result) prove(judge *statement.Judge, changes []event.Change, all *rows.Groups) {
	members := map[string][]iter.Seq[*rows.Row]{}
	for n := range r.Groups {
		if id := r.Groups[n].IncidentID; id != "" {
			members[id] = append(members[id], all.Rows(n))
		}
	}
	for i := range r.Incidents {
		in := &r.Incidents[i]
		best := -1
		for n, l := range in.Changes {
			effect := judge.EffectOf(&changes[l.Change])
			if effect == nil {
				continue
			}
			p := judge.Prove(effect, members[in.ID], in.Onset.UnixMicro())
			if p != nil && 2*p.Explained > p.Of && (in.Proof == nil || p.Explained > in.Proof.Explained) {
				best, in.Proof = n, p
			}
		}
		if in.Proof == nil {
			continue
		}
		first := in.Changes[best]
		in.Changes = slices.Insert(slices.Delete(slices.Clone(in.Changes), best, best+1), 0, first)
		if in.Proof.Explained == in.Proof.Of {
			in.Certainty = Proven
		}
	}
}
