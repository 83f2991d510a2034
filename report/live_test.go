package report

import (
	"strings"
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// withLive is the report of daily, with what AWS answered about policies.
func withLive() *aggregate.Result {
	r := daily()
	r.Live = &event.Reading{
		At: time.Date(2026, 10, 28, 18, 3, 11, 0, time.UTC), Calls: 12, Documents: 1, MoreFailures: 3,
		Settings: []event.BucketSettings{{
			Bucket: "corp-data", Blocked: []string{"BlockPublicAcls", "BlockPublicPolicy"}, HasBlocks: true,
			HasAccountBlocks: true, Ownership: "ObjectWriter", Grants: []string{"READ for everyone"}, HasGrants: true,
		}},
		Notes: []event.Unread{{Of: event.Target{Type: "role", Name: "arn:aws:iam::111122223333:role/gone"}, Why: "it does not exist"}},
		Failures: []event.Unread{
			{
				Call: "kms:GetKeyPolicy", Of: event.Target{Type: "key", Name: "arn:aws:kms:us-east-1:111122223333:key/`|<b>"},
				Account: "111122223333", Why: "AWS answered with AccessDenied: <script>`|\x1b[31m", Hint: "allow kms:GetKeyPolicy",
			},
			{Account: "444455556666", Why: "it is in another account than the credentials", Hint: "name a role of that account with `--live-role NAME`"},
		},
	}
	return r
}

// What AWS answered is in the section on coverage, and its texts are escaped.
func TestLive(t *testing.T) {
	text := string(write(t, Markdown, withLive(), Options{}))
	for _, want := range []string{
		"- **Policies from AWS:** 1 policy was read with 12 calls, as of 2026-10-28 18:03:11 UTC.",
		"`corp-data`: Block Public Access of the bucket has `BlockPublicAcls` and `BlockPublicPolicy` on; " +
			"that of the account has nothing on; object ownership is `ObjectWriter`, so an object can belong to another account, " +
			"which the bucket policy is not for; the ACL grants `READ for everyone`",
		"`arn:aws:iam::111122223333:role/gone`: `it does not exist`",
		"**Policies that AWS did not return:** 5 failures",
		"To read it, allow kms:GetKeyPolicy",
		"account 444455556666: `it is in another account than the credentials`. To read it, name a role",
		"and 3 more",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text[strings.Index(text, "## Coverage"):])
		}
	}
	if strings.Contains(text, "\x1b") {
		t.Error("a control character is not escaped")
	}
}
