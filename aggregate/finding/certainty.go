package finding

import (
	"time"

	"trail403/aggregate/group"
	"trail403/aggregate/incident"
	"trail403/ingest/change"
	"trail403/ingest/event"
)

// Requirements for a change to be the probable cause: the first denial comes soon after
// it, and by chance its groups would hardly have started as soon.
const (
	probableLag      = time.Hour
	probableEvidence = 6.9 // the negative logarithm of 0.001
)

// certainty judges the first change of an incident. If another change could have caused
// it too, and came no earlier than probableLag before the onset, it is open which of
// the two did.
func certainty(found *incident.Incident, changes []group.Link) Certainty {
	switch {
	case len(changes) == 0:
		return ""
	case len(found.Changes) == 0 || found.Evidence < probableEvidence || changes[0].Lag > probableLag:
		return Possible
	case len(changes) > len(found.Changes) && changes[len(found.Changes)].Lag <= probableLag:
		return Possible
	}
	return Probable
}

// sharePolicy records the managed policy whose change explains an incident of several
// principals.
func (in *Incident) sharePolicy(c *event.Change) {
	if in.Pattern == Other && len(c.Targets) > 0 && c.Targets[0].Type == change.Policy {
		in.Pattern, in.Shared.PolicyARN = Identity, c.Targets[0].Name
	}
}
