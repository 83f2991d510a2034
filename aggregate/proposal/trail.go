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
