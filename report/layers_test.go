package report

import (
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// A Deny does not hide behind a missing Allow.
func TestMayBeNew(t *testing.T) {
	f := func(want bool, from, to event.Cause) {
		t.Helper()
		r := ongoing(event.Change{})
		r.Groups[0].Layers = []aggregate.Layer{{
			At: day(20, 0, 0), Until: day(19, 0, 0), From: aggregate.Cause{Cause: from}, To: aggregate.Cause{Cause: to},
		}}
		got := sectionOf(t, string(write(t, Markdown, r, Options{Top: 25})), "## Next layers")
		if strings.Contains(got, "so this Deny may be new") != want {
			t.Errorf("%s to %s: want %v in\n%s", from, to, want, got)
		}
	}
	f(true, "identity-implicit", "scp-explicit")
	f(false, "scp-explicit", "identity-implicit")
	f(false, "identity-implicit", "resource-implicit")
	f(false, "scp-explicit", "resource-explicit")
	f(false, "not-told", "scp-explicit")
}
