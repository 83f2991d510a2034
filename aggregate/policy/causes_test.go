package policy

import (
	"testing"

	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// owning is who owns the policy of each cause, and which causes are about one document.
var owning = map[event.Cause]string{
	"identity-implicit":   "identity identity of p",
	"identity-explicit":   "identity identity of p",
	"resource-implicit":   "bucket resource of b",
	"resource-explicit":   "bucket resource of b",
	"scp-implicit":        "organization scp",
	"scp-explicit":        "organization scp",
	"rcp-implicit":        "organization rcp",
	"rcp-explicit":        "organization rcp",
	"vpce-implicit":       "network vpce of v",
	"vpce-explicit":       "network vpce of v",
	"boundary-implicit":   "identity boundary of p",
	"boundary-explicit":   "identity boundary of p",
	"session-implicit":    "identity session of p",
	"session-explicit":    "identity session of p",
	"trust-implicit":      "identity trust of p",
	"trust-explicit":      "identity trust of p",
	"vpce":                "network vpce of v",
	"explicit":            "bucket explicit of b",
	"block-public-acls":   "bucket block-public-acls of b",
	"block-public-policy": "bucket block-public-policy of b",
	"sse-c-blocked":       "bucket sse-c-blocked of b",
	"object-lock":         "bucket object-lock of b",
	"access-grants":       "bucket access-grants of b",
	"kms-key":             "key key of b",
	"request-expired":     "identity request-expired of p",
	"access-disabled":     "bucket access-disabled of b",
	"truncated":           "bucket truncated of b",
	"not-told":            "bucket not-told of b",
	"unrecognized":        "bucket unrecognized of b",
}

// Every cause says whose policy it is about, so that a cause that is missing in a
// switch shows.
func TestCausesOwned(t *testing.T) {
	for _, cause := range event.Causes() {
		table := &rows.Table{}
		table.Add(&event.Denial{EventID: "e", Principal: "p", Action: "s3:GetObject", Bucket: "b", Cause: cause, DeniedAction: "s3:GetObject", VPCEndpoint: "v"})
		var k policyKey
		table.EachContext(func(c *rows.Context) {
			reason := reasonOf(table, c)
			k = keyOf(table, rows.GroupKey{Principal: c.Number(rows.Principal), Action: c.Number(rows.Action), Bucket: c.Number(rows.Bucket)}, &reason)
		})
		got := string(k.owner) + " " + documentKeyOf(table, k).kind
		for _, n := range []uint32{k.bucket, k.principal, k.endpoint} {
			if n != 0 {
				got += " of " + table.Text(n)
			}
		}
		if got != owning[cause] {
			t.Errorf("%q: %q,", cause, got)
		}
	}
	if len(owning) != len(event.Causes()) {
		t.Errorf("%d causes are in the table, and there are %d", len(owning), len(event.Causes()))
	}
}
