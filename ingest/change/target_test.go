package change

import (
	"testing"

	"trail403/ingest/event"
)

// What a denial tells becomes the target that a change of the same thing has.
func TestTargetOf(t *testing.T) {
	f := func(of func(string) (event.Target, bool), name, kind, want string) {
		t.Helper()
		got, ok := of(name)
		if ok != (kind != "") || got.Type != kind || got.Name != want {
			t.Errorf("%s: got %+v, %v, want %s %s", name, got, ok, kind, want)
		}
	}
	f(OfPrincipal, "arn:aws:iam::111122223333:role/app/reader", "role", "arn:aws:iam::111122223333:role/reader")
	f(OfPrincipal, "arn:aws-cn:iam::111122223333:user/team/bob", "user", "arn:aws-cn:iam::111122223333:user/bob")
	f(OfPrincipal, "arn:aws:iam::111122223333:root", "account", "111122223333")
	f(OfPrincipal, "arn:aws:sts::111122223333:federated-user/x", "", "")
	f(OfPrincipal, "delivery.logs.amazonaws.com", "", "")
	f(OfPrincipal, "444455556666:AROAEXAMPLE", "", "")
	f(OfPrincipal, "anonymous", "", "")
	f(OfPrincipal, "", "", "")
	f(OfPolicy, "arn:aws:organizations::111122223333:policy/o-example/service_control_policy/p-1234", "organization-policy", "p-1234")
	f(OfPolicy, "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "organization-policy", "p-FullAWSAccess")
	f(OfPolicy, "arn:aws:iam::111122223333:policy/team/Read", "policy", "arn:aws:iam::111122223333:policy/team/Read")
	f(OfPolicy, "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3", "policy", "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3")
	f(OfPolicy, "p-1234", "", "")
	f(OfPolicy, "", "", "")
	f(OfKey, "arn:aws:kms:us-west-2:111122223333:key/1234abcd", "key", "arn:aws:kms:us-west-2:111122223333:key/1234abcd")
	f(OfKey, "arn:aws:kms:us-west-2:111122223333:alias/data", "alias", "arn:aws:kms:us-west-2:111122223333:alias/data")
	f(OfKey, "arn:aws:kms:us-west-2:111122223333:key/", "", "")
	f(OfKey, "arn:aws:s3:::key/1234abcd", "", "")
	f(OfKey, "1234abcd", "", "")
	f(PermissionSetOf, "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess-test_c194f596bcea55cc", "permission-set-name", "AdministratorAccess-test")
	f(PermissionSetOf, "AWSReservedSSO_a_b_c194f596bcea55cc", "permission-set-name", "a_b")
	f(PermissionSetOf, "AWSReservedSSO__c194f596bcea55cc", "", "")
	f(PermissionSetOf, "AWSReservedSSO_a_c194f596bcea55c", "", "")
	f(PermissionSetOf, "AWSReservedSSO_a_C194f596bcea55cc", "", "")
	f(PermissionSetOf, "AWSReservedSSO_a", "", "")
	f(PermissionSetOf, "arn:aws:iam::111122223333:role/reader", "", "")
	f(PermissionSetOf, "", "", "")
}
