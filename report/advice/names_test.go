package advice_test

import (
	"strings"
	"testing"

	"trail403/ingest/event"
	"trail403/report/advice"
)

// The advice speaks of this SCP, that bucket's policy, this role's boundary.
func TestNamesAreFilledIn(t *testing.T) {
	role := advice.Case{
		Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", CallerAccount: "111122223333",
		Action: "s3:GetObject", DeniedAction: "s3:GetObject",
		Resource: "arn:aws:s3:::corp-data/2026/a b.csv", Bucket: "corp-data", BucketAccount: "444455556666",
	}
	with := func(change func(*advice.Case)) advice.Case {
		c := role
		change(&c)
		return c
	}
	tests := []struct {
		name string
		c    advice.Case
		want []string
	}{
		{"identity", with(func(c *advice.Case) { c.Cause = "identity-implicit" }), []string{
			"no identity policy of the `reader` role allows `s3:GetObject`",
			"`aws iam list-attached-role-policies --role-name reader`",
			"allow `s3:GetObject` on `\"arn:aws:s3:::corp-data/2026/a b.csv\"`",
			"the bucket owner (account 444455556666)",
		}},
		{"user", with(func(c *advice.Case) {
			c.Cause, c.Principal, c.PrincipalType = "identity-explicit", "arn:aws:iam::111122223333:user/ops/Mary", "user"
			c.PolicyARN = "arn:aws:iam::111122223333:policy/guard/NoPut"
		}), []string{
			"a Deny statement in the `NoPut` identity policy of the `Mary` user",
			"--policy-arn arn:aws:iam::111122223333:policy/guard/NoPut --version-id",
		}},
		{"permission set", with(func(c *advice.Case) {
			c.Cause, c.Principal = "identity-implicit", "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Audit_Read_0123456789abcdef"
		}), []string{"Allow `s3:GetObject` in the permission set `Audit_Read` in IAM Identity Center"}},
		{"bucket policy", with(func(c *advice.Case) { c.Cause = "resource-explicit" }), []string{
			"a Deny statement in the bucket policy of `corp-data`",
			"the owner of the `corp-data` bucket (account 444455556666)",
			"`aws s3api get-bucket-policy --bucket corp-data --query",
			"`aws s3control get-public-access-block --account-id 444455556666`",
			"RestrictPublicBuckets",
		}},
		{"locked out", with(func(c *advice.Case) { c.Cause, c.DeniedAction = "resource-explicit", "s3:PutBucketPolicy" }), []string{
			"root user of account 444455556666",
		}},
		{"ACLs", with(func(c *advice.Case) { c.Cause = "resource-implicit" }), []string{
			"IgnorePublicAcls", "in account 111122223333 too",
		}},
		{"SCP", with(func(c *advice.Case) {
			c.Cause, c.PolicyARN = "scp-explicit", "arn:aws:organizations::777788889999:policy/o-exampleorgid/service_control_policy/p-6v4y751d"
		}), []string{
			"a Deny statement in service control policy (SCP) `p-6v4y751d`",
			"Sign in to account 777788889999",
			"`aws organizations describe-policy --policy-id p-6v4y751d --query",
		}},
		{"RCP", with(func(c *advice.Case) { c.Cause = "rcp-explicit" }), []string{
			"a resource control policy (RCP) of account 444455556666", "--target-id 444455556666 --filter RESOURCE_CONTROL_POLICY",
		}},
		{"boundary", with(func(c *advice.Case) { c.Cause = "boundary-implicit" }), []string{
			"the permissions boundary of the `reader` role",
			"`aws iam get-role --role-name reader --query Role.PermissionsBoundary`",
		}},
		{"endpoint", with(func(c *advice.Case) { c.Cause, c.VPCEndpoint = "vpce", "vpce-0123456789abcdef0" }), []string{
			"the policy of VPC endpoint `vpce-0123456789abcdef0`", "--vpc-endpoint-ids vpce-0123456789abcdef0",
		}},
		{"trust", with(func(c *advice.Case) {
			c.Cause, c.DeniedAction, c.Resource = "trust-implicit", "sts:AssumeRole", "arn:aws:iam::444455556666:role/x/auditor"
		}), []string{"the trust policy of the `auditor` role", "--role-name auditor --query Role.AssumeRolePolicyDocument"}},
		{"object lock", with(func(c *advice.Case) { c.Cause = "object-lock" }), []string{
			"get-object-retention --bucket corp-data --key '2026/a b.csv' --version-id",
		}},
		{"missing key", with(func(c *advice.Case) {
			c.Cause, c.DeniedAction, c.ReadsObject = "identity-implicit", "s3:ListBucket", advice.Yes
		}), []string{"Check that the object exists"}},
		{"KMS identity", with(func(c *advice.Case) {
			c.Cause, c.DeniedAction, c.Resource = "identity-implicit", "kms:Decrypt", "arn:aws:kms:us-east-1:999988887777:key/1234abcd"
		}), []string{"allow `kms:Decrypt` on the ARN of the key", "--region us-east-1 --key-id arn:aws:kms:us-east-1:999988887777:key/1234abcd", "Do not change the bucket policy"}},
		{"KMS key policy", with(func(c *advice.Case) { c.Cause, c.DeniedAction = "resource-explicit", "kms:Decrypt" }), []string{
			"a Deny statement in the policy of the KMS key", "the owner of the KMS key", "--bucket corp-data --key '2026/a b.csv' --query SSEKMSKeyId",
		}},
		{"KMS SCP", with(func(c *advice.Case) { c.Cause, c.DeniedAction = "scp-explicit", "kms:Decrypt" }), []string{"Do not change the bucket policy"}},
		{"grants", with(func(c *advice.Case) {
			c.Cause, c.DeniedAction, c.Resource = "access-grants", "sts:AssumeRole", "arn:aws:iam::444455556666:role/location"
		}), []string{"--role-name location"}},
		{"service", with(func(c *advice.Case) {
			c.Cause, c.WhyNotTold, c.Principal, c.PrincipalType = "not-told", "aws-service", "delivery.logs.amazonaws.com", "service"
		}), []string{"--bucket corp-data"}},
		{"ListBuckets", advice.Case{Cause: "not-told", WhyNotTold: "unknown", FromRecord: true, Action: "s3:ListAllMyBuckets"}, []string{
			"Ask for the policy of the VPC endpoint",
		}},
		{"ListBuckets missing", advice.Case{Cause: "identity-implicit", Action: "s3:ListAllMyBuckets"}, []string{`on "*" in one`}},
		{"stranger", with(func(c *advice.Case) {
			c.Cause, c.WhyNotTold = "not-told", "other-account"
		}), []string{"who owns account 111122223333", "decision of the bucket owner", "may be intended"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := strings.Join(texts(advice.For(tt.c)), "\n")
			for _, want := range tt.want {
				if !strings.Contains(all, want) && !strings.Contains(all, strings.ToUpper(want[:1])+want[1:]) {
					t.Errorf("nothing says %q in\n%s", want, all)
				}
			}
			if tt.name == "ListBuckets" && strings.Contains(all, "bucket policy") {
				t.Errorf("a call on no bucket is sent to a bucket policy:\n%s", all)
			}
		})
	}
}

// Who searches for what it can reach is stopped, not let in.
func TestProbing(t *testing.T) {
	f := func(kind, want, not string) {
		t.Helper()
		a := advice.For(advice.Case{
			Cause: "identity-implicit", Principal: "arn:aws:iam::111122223333:" + kind + "/x/Mary", PrincipalType: kind,
			DeniedAction: "s3:ListBucket", FromRecord: true, ReadsObject: advice.Yes, Probing: true,
		})
		all := strings.Join(texts(a), "\n")
		if !strings.Contains(all, want) || strings.Contains(all, not) || a.Alarm || !strings.Contains(a.Meaning, "many buckets") {
			t.Errorf("%s: want %q and not %q in\n%s", kind, want, not, all)
		}
	}
	f("user", "update-access-key --user-name Mary", "Revoke sessions")
	f("role", "IAM > Roles > Mary > Revoke sessions", "update-access-key")
	f("root", "tell your security team", "update-access-key")
	f("unknown", "tell your security team", "sessions")
}

// Where it is the object that is missing, no permission is to be added but to list.
func TestMissingObject(t *testing.T) {
	for _, cause := range []event.Cause{"identity-implicit", "resource-implicit"} {
		c := advice.Case{
			Cause: cause, Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role", Bucket: "corp-data",
			DeniedAction: "s3:ListBucket", FromRecord: true, ReadsObject: advice.Yes,
		}
		steps := advice.For(c).NextSteps
		if len(steps) != 2 || !strings.Contains(steps[0], "object exists") || !strings.HasPrefix(steps[1], "Allow s3:ListBucket only if the role should list the bucket") {
			t.Errorf("%s: got %q", cause, steps)
		}
		c.ReadsObject = advice.No
		if steps := advice.For(c).NextSteps; len(steps) < 3 || strings.Contains(strings.Join(steps, " "), "object exists") {
			t.Errorf("%s of a listing: got %q", cause, steps)
		}
	}
}

func TestAlarm(t *testing.T) {
	c := advice.Case{
		Cause: "identity-explicit", PolicyARN: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2",
		Principal: "arn:aws:iam::111122223333:user/Mary", PrincipalType: "user",
	}
	a := advice.For(c)
	all := strings.Join(texts(a), "\n")
	if !a.Alarm || !strings.Contains(a.Meaning, "ALARM") {
		t.Errorf("no alarm: %+v", a)
	}
	for _, want := range []string{"update-access-key --user-name Mary", "Do NOT detach", "Review everything that the user did", "AttributeValue=Mary"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing says %q in\n%s", want, all)
		}
	}
	c.PolicyARN = "arn:aws:iam::111122223333:policy/Quarantine"
	if advice.For(c).Alarm {
		t.Error("an alarm for an ordinary policy")
	}
}
