package advice

import (
	"testing"

	"trail403/ingest/event"
)

// A report has one command for a policy that is missing, also for that of a KMS key. What
// it does not know is for the reader to fill in.
func TestFetchFor(t *testing.T) {
	const (
		key     = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
		command = "aws kms get-key-policy --policy-name default --region eu-west-1 --key-id " + key +
			" > eu-west-1_111122223333_1234abcd-12ab-34cd-56ef-1234567890ab.json"
		identity = "aws iam get-account-authorization-details > iam-111122223333.json"
	)
	role := Case{Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role", DeniedAction: "kms:Decrypt"}
	with := func(cause event.Cause, resource string) Case {
		c := role
		c.Cause, c.Resource = cause, resource
		return c
	}
	for i, test := range []struct {
		c    Case
		want string
	}{
		{with(event.KMSKey, key), command},
		{with(event.KMSKey, ""), keyPattern},
		{with(event.ResourceImplicit, key), command},
		{with(event.ResourceExplicit, "arn:aws:kms:eu-west-1:111122223333:key/`x`"), keyPattern},
		{with(event.IdentityImplicit, key), identity},
		{with(event.ObjectLock, key), ""},
	} {
		if got, ok := FetchFor(test.c); got.Command != test.want || ok != (test.want != "") {
			t.Errorf("%d: %q", i, got.Command)
		}
	}
}
