package rows

import (
	"testing"
	"time"

	"trail403/ingest/event"
)

// An update replaces the record that it corrects, whichever comes first and whatever
// their ids.
func TestUpdateReplaces(t *testing.T) {
	at := time.Date(2026, 10, 5, 10, 0, 0, 0, time.UTC)
	original := event.Denial{EventID: "0ff1e264-520d-543a-87dd-181a491e667e", Time: at, Principal: "p", HasARN: true, Cause: event.NotTold}
	update := event.Denial{EventID: "ce5e26f7-8298-4139-b935-8a667cb62675", Time: at, Principal: "p", Cause: event.IdentityImplicit}
	update.OriginalEventID = original.EventID
	for _, list := range [][]event.Denial{{original, update}, {update, original}} {
		table := &Table{}
		for i := range list {
			table.Add(&list[i])
		}
		if n := table.Dedupe(0); n != 1 {
			t.Errorf("%d duplicates, want 1", n)
		}
		for i := range table.rows.n {
			r := table.rows.at(i)
			if cause := table.Text(table.Number(r, Cause)); r.flags&dropped == 0 && cause != string(event.IdentityImplicit) {
				t.Errorf("the row that is kept has the cause %s", cause)
			}
		}
	}
}
