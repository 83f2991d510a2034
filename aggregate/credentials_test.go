package aggregate

import (
	"testing"

	"trail403/ingest/event"
)

// A group counts the requests with presigned URLs, and those with the credentials of an
// instance.
func TestGroupsCountCredentials(t *testing.T) {
	var list []event.Denial
	for i, c := range []event.Context{
		{Call: event.Call{AuthenticationType: "QueryString"}},
		{Call: event.Call{AuthenticationType: "AuthHeader"}, Credentials: event.Credentials{RoleDelivery: "2.0"}},
		{Call: event.Call{AuthenticationType: "QueryString"}, Credentials: event.Credentials{RoleDelivery: "1.0"}},
		{},
	} {
		list = append(list, denied(i, func(d *event.Denial) { d.Context = c }))
	}
	r := build(t, 2, list, Options{})
	if len(r.Groups) != 1 || r.Groups[0].Denials != 4 || r.Groups[0].Presigned != 2 || r.Groups[0].FromInstance != 2 {
		t.Errorf("got %+v", r.Groups)
	}
}
