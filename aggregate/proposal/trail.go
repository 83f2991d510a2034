package proposal

import "trail403/ingest/event"

// trail collects what changes in the trail say about policies, of what was read to its end
// up to start.
type trail struct {
	changes []event.Change
	start   int
	outer   []int // start, of the archives that the member is in
}

// add notes a change if it set a policy, or attached one.
func (t *trail) add(c *event.Change) {
	if len(c.Documents) > 0 || c.Source == "iam.amazonaws.com" {
		t.changes = append(t.changes, *c)
	}
}

// changesOf returns the changes of all shards.
func changesOf(shards []*Shard) (all []event.Change) {
	for _, s := range shards {
		all = append(all, s.trail.changes[:s.trail.start]...)
	}
	return all
}

// judgeAgain judges what depends on other policies, with those that the trail shows.
func (p *Proposal) judgeAgain(all map[id]judged, changes []event.Change) {
	if len(changes) == 0 {
		return
	}
	then := p.after(changes)
	for name, j := range all {
		if j.request != nil {
			j.Judgment = then.judge(j.request)
			j.group.Outcome = j.Outcome
			all[name] = j
		}
	}
}
