package advice

import (
	"testing"

	"trail403/ingest/event"
	"trail403/ingest/paste"
)

// Every error that package paste knows has advice, and no other has.
func TestCredentialEntries(t *testing.T) {
	for _, c := range paste.Codes() {
		a := For(Case{Cause: event.NotAuthorization, Code: c.Name, Bucket: "corp-data"})
		if _, ok := credentialEntries[c.Name]; !ok || len(a.NextSteps) < 2 || len(a.NextSteps) > 5 {
			t.Errorf("%s: %+v", c.Name, a)
		}
	}
	if len(credentialEntries) != len(paste.Codes()) {
		t.Errorf("%d entries for %d codes", len(credentialEntries), len(paste.Codes()))
	}
}
