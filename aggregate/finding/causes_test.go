package finding

import (
	"strings"
	"testing"

	"trail403/aggregate/group"
	"trail403/aggregate/policy"
	"trail403/ingest/event"
)

// explaining is what groups with each cause may share as an explanation, besides the
// principal, which always is one. The most specific comes first.
var explaining = map[event.Cause]string{
	"identity-implicit":   "bucket of several, account at once",
	"identity-explicit":   "bucket of several, account at once",
	"resource-implicit":   "bucket",
	"resource-explicit":   "bucket",
	"scp-implicit":        "cause",
	"scp-explicit":        "cause",
	"rcp-implicit":        "cause",
	"rcp-explicit":        "cause",
	"vpce-implicit":       "endpoint, bucket",
	"vpce-explicit":       "endpoint, bucket",
	"boundary-implicit":   "bucket of several, account at once",
	"boundary-explicit":   "bucket of several, account at once",
	"session-implicit":    "bucket of several, account at once",
	"session-explicit":    "bucket of several, account at once",
	"trust-implicit":      "bucket",
	"trust-explicit":      "bucket",
	"vpce":                "endpoint, bucket",
	"explicit":            "bucket",
	"block-public-acls":   "owner at once, bucket",
	"block-public-policy": "owner at once, bucket",
	"sse-c-blocked":       "bucket",
	"object-lock":         "bucket",
	"access-grants":       "bucket",
	"kms-key":             "key, bucket",
	"request-expired":     "bucket",
	"access-disabled":     "bucket",
	"truncated":           "bucket",
	"not-told":            "bucket",
	"unrecognized":        "bucket",
}

// Every cause says what explains it, so that a cause that is missing in a switch shows.
func TestCausesExplained(t *testing.T) {
	for _, cause := range event.Causes() {
		g := &group.Group{
			Principal: "role", PrincipalType: "role", PrincipalAccount: "111122223333", Bucket: "corp", BucketAccount: "444455556666",
			VPCEndpoints: []string{"vpce-1"}, BucketKeys: []string{"key-1"}, Causes: []policy.Cause{{Cause: cause, DeniedAction: "s3:GetObject"}},
		}
		var parts []string
		for _, k := range explanationsOf(g) {
			what, _, _ := strings.Cut(k.Value, "\x00")
			if what == "principal" {
				continue
			}
			if k.Least > 0 {
				what += " of several"
			}
			if k.Wide {
				what += " at once"
			}
			parts = append(parts, what)
		}
		if got := strings.Join(parts, ", "); got != explaining[cause] {
			t.Errorf("%q: %q,", cause, got)
		}
	}
	if len(explaining) != len(event.Causes()) {
		t.Errorf("%d causes are in the table, and there are %d", len(explaining), len(event.Causes()))
	}
}
