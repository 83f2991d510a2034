package words

import (
	"testing"

	"trail403/ingest/event"
)

// AWS acts in the name of the root user; that is no break-in. Whoever is root and
// says so of himself is another matter.
func TestByAWS(t *testing.T) {
	f := func(actor, address, agent, want string) {
		t.Helper()
		c := event.Change{Name: "AttachUserPolicy", Actor: actor, SourceIP: address, UserAgent: agent}
		if got := markdown(Change(&c)); got != "`AttachUserPolicy` by "+want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	const root, role = "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/admin"
	f(root, "AWS Internal", "AWS Internal", "AWS itself (`AWS Internal`), in the name of the root user (account 111122223333)")
	f(root, "AWS Internal/3", "", "AWS itself (`AWS Internal/3`), in the name of the root user (account 111122223333)")
	f(root, "203.0.113.7", "AWS Internal", "root user (account 111122223333), from `203.0.113.7`")
	f(root, "AWS Internals", "", "root user (account 111122223333), from `AWS Internals`")
	f(role, "AWS Internal", "AWS Internal", "`admin` role (account 111122223333), from `AWS Internal`")
}
