package words

import (
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/advice"
)

// Every cause has words in every table, and no table has words for a cause that does
// not exist: a new cause shows here where words are missing.
func TestEveryCause(t *testing.T) {
	known := map[event.Cause]bool{}
	for _, c := range event.Causes() {
		known[c] = true
		if p := phrases[c]; p.subject == "" || p.named == "" || p.verb == "" {
			t.Errorf("%s: no phrase", c)
		}
		if remedies[c] == "" {
			t.Errorf("%s: no remedy", c)
		}
		if kind := c.Policy(); kind != "" && policyKinds[kind] == "" {
			t.Errorf("%s: its kind of policy, %s, has no name", c, kind)
		}
		p := aggregate.Policy{Cause: c, Owner: event.OwnerOf(c, "", true), Bucket: "b", Principal: "p"}
		if PolicyTitle(&p) == "" || How(&p) == "" || Remedy(&p) == "" {
			t.Errorf("%s: a policy without words", c)
		}
		if owner := p.Owner; owner != event.OwnerNobody && owner != event.OwnerUnknown && Owner(owner) == "" {
			t.Errorf("%s: its owner, %s, has no name", c, owner)
		}
		if a := advice.General(c, ""); a.Meaning == "" || len(a.NextSteps) == 0 && a.Owner != event.OwnerNobody {
			t.Errorf("%s: no advice", c)
		}
		clause := aggregate.Cause{Cause: c}
		if Cause(clause) == "" || CauseOfRequests(clause) == "" || CauseOfRequest(clause) == "" || CauseAndID(clause) == "" {
			t.Errorf("%s: no clause", c)
		}
	}
	for c := range phrases {
		if !known[c] {
			t.Errorf("%s has a phrase but is no cause", c)
		}
	}
	for c := range remedies {
		if !known[c] {
			t.Errorf("%s has a remedy but is no cause", c)
		}
	}
	for c := range bucketSettings {
		if !known[c] {
			t.Errorf("%s has a setting but is no cause", c)
		}
	}
}
