package link

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/incident"
	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
)

// How much time may lie between the parts of one action: the same call in several
// accounts by one tool, and one policy that is rolled out over a day.
const (
	partsOfCall   = 15 * time.Minute
	partsOfPolicy = 24 * time.Hour
)

// Rollouts joins the incidents that are explained by parts of one action. That is the
// same call by the same actor in several accounts within minutes, as StackSets and
// pipelines make it, or changes to one policy of the organization within a day.
func (s *Suspects) Rollouts(found []incident.Incident) (kept []incident.Incident) {
	slices.SortStableFunc(found, func(a, b incident.Incident) int { return cmp.Compare(a.Onset, b.Onset) })
	joined := make([]bool, len(found))
	for i := range found {
		if joined[i] {
			continue
		}
		in := found[i]
		// Nothing that starts later than this can be another part.
		end := in.Onset + (partsOfPolicy + s.l.window).Microseconds()
		for j := i + 1; j < len(found) && len(in.Changes) > 0 && found[j].Onset <= end; j++ {
			if joined[j] || len(found[j].Changes) == 0 || !s.sameAction(in.Changes, found[j].Changes[0]) {
				continue
			}
			joined[j] = true
			end = found[j].Onset + (partsOfPolicy + s.l.window).Microseconds()
			in.Groups = append(slices.Clone(in.Groups), found[j].Groups...)
			in.Changes = append(slices.Clone(in.Changes), found[j].Changes...)
			in.Events += found[j].Events
			in.High, in.To = max(in.High, found[j].High), max(in.To, found[j].To)
			in.Key = incident.Key{}
		}
		slices.Sort(in.Groups)
		kept = append(kept, in)
	}
	return kept
}

// sameAction says whether a change is another part of an action.
func (s *Suspects) sameAction(parts []int, next int) bool {
	b := &s.l.changes[next]
	return slices.ContainsFunc(parts, func(i int) bool {
		a := &s.l.changes[i]
		if a.Name != b.Name || a.Source != b.Source || actorName(a) != actorName(b) || len(a.Targets) == 0 || len(b.Targets) == 0 {
			return false
		}
		apart := b.Time.Sub(a.Time).Abs()
		x, y := a.Targets[0], b.Targets[0]
		return x == y && x.Type == change.OrganizationPolicy && apart <= partsOfPolicy ||
			a.Account != b.Account && x.Type == y.Type && apart <= partsOfCall
	})
}

// actorName returns who made a change, without the account: tools that act in many
// accounts use a role with the same name in each.
func actorName(c *event.Change) string { return arn.Last(c.Actor) }
