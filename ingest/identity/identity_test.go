package identity

import "testing"

// What the name of a principal alone tells.
func TestName(t *testing.T) {
	f := func(name, key, kind, account string) {
		t.Helper()
		if got := Key(name); got != key {
			t.Errorf("key of %s: got %s, want %s", name, got, key)
		}
		if got := TypeOf(name); got != kind {
			t.Errorf("type of %s: got %s, want %s", name, got, kind)
		}
		if got := AccountOf(name); got != account {
			t.Errorf("account of %s: got %q, want %q", name, got, account)
		}
	}
	same := func(name, kind, account string) { t.Helper(); f(name, name, kind, account) }
	f("arn:aws:iam::111122223333:role/app/api/reader", "arn:aws:iam::111122223333:role/reader", "role", "111122223333")
	f("arn:aws-cn:iam::111122223333:user/team/bob", "arn:aws-cn:iam::111122223333:user/bob", "user", "111122223333")
	same("arn:aws:iam::111122223333:role/reader", "role", "111122223333")
	same("arn:aws:iam::111122223333:root", "root", "111122223333")
	same("arn:aws:sts::111122223333:federated-user/a/b", "federated-user", "111122223333")
	same("arn:aws:iam::111122223333:saml-provider/a/b", "unknown", "111122223333")
	same("arn:aws:iam::aws:role/x", "role", "")
	same("delivery.logs.amazonaws.com", "service", "")
	same("111122223333:AROAEXAMPLE", "account", "111122223333")
	same("111122223333", "account", "111122223333")
	same("anonymous", "anonymous", "")
	same("unknown", "unknown", "")
}

// The caller's ARN tells the session or, to another account, its unique id.
func TestSession(t *testing.T) {
	f := func(id Identity, want string) {
		t.Helper()
		if got := id.Session(); got != want {
			t.Errorf("session of %+v: got %q, want %q", id, got, want)
		}
	}
	f(Identity{ARN: "arn:aws:sts::111122223333:assumed-role/reader/i-0abc", PrincipalID: "AROAEXAMPLE:other"}, "i-0abc")
	f(Identity{PrincipalID: "AROAEXAMPLE:mary@example.com"}, "mary@example.com")
	f(Identity{PrincipalID: "AROAEXAMPLE:AKIAIOSFODNN7EXAMPLE"}, "[access-key]")
	f(Identity{PrincipalID: "AROAEXAMPLE"}, "")
	f(Identity{PrincipalID: "AIDAEXAMPLE:x"}, "")
	f(Identity{PrincipalID: "111122223333:bob"}, "") // a federated user, who is the principal
	f(Identity{ARN: "arn:aws:iam::111122223333:user/bob"}, "")
}
