package event

import "testing"

func TestKind(t *testing.T) {
	f := func(want string, c Context) {
		t.Helper()
		if got := c.Kind(); got != want {
			t.Errorf("%+v: got %q, want %q", c, got, want)
		}
	}
	f("", Context{})
	f("access-key", Context{Credentials: Credentials{UserName: "ana"}})
	f("session", Context{Credentials: Credentials{UserName: "ana", HasSession: true}})
	f("service", Context{Credentials: Credentials{HasSession: true, InvokedBy: "athena.amazonaws.com"}})
	f("instance-metadata", Context{Credentials: Credentials{HasSession: true, RoleDelivery: "2.0"}})
	f("irsa", Context{Credentials: Credentials{HasSession: true,
		Provider: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE"}})
	f("web-identity", Context{Credentials: Credentials{HasSession: true,
		Provider: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}})
	f("console", Context{Credentials: Credentials{HasSession: true, FromConsole: true}})
	f("presigned", Context{Credentials: Credentials{FromConsole: true}, Call: Call{AuthenticationType: "QueryString"}})
}
