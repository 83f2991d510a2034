package words

import (
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// A policy is named by what it is and whose.
func TestPolicyTitle(t *testing.T) {
	f := func(p aggregate.Policy, title, how string) {
		t.Helper()
		if got := markdown(PolicyTitle(&p)); got != title {
			t.Errorf("%+v: got %q, want %q", p, got, title)
		}
		if got := markdown(How(&p)); got != how {
			t.Errorf("%+v: got %q, want %q", p, got, how)
		}
	}
	const reader = "arn:aws:iam::111122223333:role/app/reader"
	identity := func(cause event.Cause) aggregate.Policy {
		return aggregate.Policy{Cause: cause, Owner: event.OwnerIdentity, Principal: reader}
	}
	bucket := func(cause event.Cause, why string) aggregate.Policy {
		return aggregate.Policy{Cause: cause, WhyNotTold: why, Owner: event.OwnerBucket, Bucket: "corp-data"}
	}
	f(aggregate.Policy{ARN: "arn:aws:organizations::123456789012:policy/o-x/service_control_policy/p-1", Cause: "scp-explicit", Owner: event.OwnerOrganization}, "SCP `p-1` (account 123456789012)", "Deny")
	f(aggregate.Policy{ARN: "arn:aws:iam::aws:policy/ReadOnly", Cause: "boundary-explicit", Owner: event.OwnerIdentity}, "permissions boundary `ReadOnly` (managed by AWS)", "Deny")
	f(aggregate.Policy{ARN: "x", Cause: "unheard-of", Owner: event.OwnerBucket}, "policy `x`", "`unheard-of`")
	f(aggregate.Policy{Cause: "scp-implicit", Owner: event.OwnerOrganization}, "SCP that AWS does not name", "no Allow")
	f(identity("identity-implicit"), "identity policies of `reader` role (account 111122223333)", "no Allow")
	f(identity("boundary-implicit"), "permissions boundary of `reader` role (account 111122223333)", "no Allow")
	f(identity("session-explicit"), "session policy of `reader` role (account 111122223333)", "Deny")
	f(identity("trust-implicit"), "role trust policy, for a session of `reader` role (account 111122223333)", "no Allow")
	f(identity("request-expired"), "requests of `reader` role (account 111122223333)", "the request had expired")
	f(identity("not-told"), "unnamed policy for `reader` role (account 111122223333)", "no reason given")
	f(bucket("resource-explicit", ""), "bucket policy of `corp-data`", "Deny")
	f(bucket("block-public-acls", ""), "Block Public Access of `corp-data`", "Block Public Access rejects public ACLs")
	f(bucket("object-lock", ""), "Object Lock of `corp-data`", "Object Lock protects the object")
	f(bucket("access-disabled", ""), "access to `corp-data`", "AWS disabled all access to the object")
	f(bucket("explicit", ""), "unnamed policy for `corp-data`", "Deny")
	f(bucket("truncated", ""), "unnamed policy for `corp-data`", "the message is cut off before the reason")
	f(bucket("not-told", "unknown"), "unnamed policy for `corp-data`", "no reason given")
	f(bucket("not-told", "anonymous"), "bucket policy of `corp-data`, for anonymous callers", "no reason given")
	f(bucket("not-told", "aws-service"), "bucket policy of `corp-data`, for AWS services", "no reason given")
	f(bucket("not-told", "other-account"), "bucket policy of `corp-data`, for other accounts", "no reason given")
	f(aggregate.Policy{Cause: "access-grants", Owner: event.OwnerBucket}, "S3 Access Grants", "no S3 access grant covers it")
	f(aggregate.Policy{Cause: "kms-key", Owner: event.OwnerKey, Bucket: "a`b"}, "KMS key of ``a`b``", "unusable or missing")
	f(aggregate.Policy{Cause: "resource-implicit", Owner: event.OwnerKey, Bucket: "b"}, "KMS key of `b`", "no Allow")
	f(aggregate.Policy{Cause: "vpce", Owner: event.OwnerNetwork, VPCEndpoint: "vpce-1"}, "policy of VPC endpoint `vpce-1`", "Deny or no Allow")
	f(aggregate.Policy{Cause: "vpce-implicit", Owner: event.OwnerNetwork}, "policy of a VPC endpoint", "no Allow")
	for _, c := range event.Causes() {
		p := bucket(c, "")
		if PolicyTitle(&p) == "" || How(&p) == "" {
			t.Errorf("%s has no words", c)
		}
	}
}

// What stands in a sentence of Markdown must mean nothing there.
func TestPlainName(t *testing.T) {
	for _, s := range []string{"", "reader", "arn:aws:iam::111122223333:role/app/a_b", "my.bucket-1", "s3:GetObject", "x--y"[:1]} {
		if got := Plain(s); got != s {
			t.Errorf("Plain(%q) = %q", s, got)
		}
	}
	for _, s := range []string{"_x_", "a__b", "x_", "-x", "1.", "a b", "*x*", "<b>", "`x`", "www.example.com", "WWW.x", "http://x", "a@b.c", "é", "a\nb", "#1", "[x]", "x--"} {
		if got := Plain(s); got != "" {
			t.Errorf("Plain(%q) = %q", s, got)
		}
	}
}

// The callers of several groups are named once, and others are not forgotten.
func TestFromWords(t *testing.T) {
	top := func(other int, values ...string) aggregate.Top {
		t := aggregate.Top{OtherValues: other, OtherDenials: other}
		for i, v := range values {
			t.List = append(t.List, aggregate.Count{Value: v, Denials: 10 - i})
		}
		return t
	}
	f := func(want string, groups ...*aggregate.Group) {
		t.Helper()
		if got := markdown(From(groups)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	f("")
	f("", &aggregate.Group{})
	f("from `a`, `b`, with `aws-cli/2.1`, sessions such as `i-1`",
		&aggregate.Group{From: aggregate.From{SourceIPs: top(0, "a", "b"), UserAgents: top(0, "aws-cli/2.1")}, Examples: []aggregate.Example{{Session: "i-1"}, {}}},
		&aggregate.Group{From: aggregate.From{SourceIPs: top(0, "a")}, Examples: []aggregate.Example{{Session: "i-1"}}})
	f("from `a`, `b`, `c` and 2 more, through `vpce-1` and others",
		&aggregate.Group{From: aggregate.From{SourceIPs: top(0, "a", "b", "c", "d", "e"), VPCEndpoints: top(7, "vpce-1")}})
}
