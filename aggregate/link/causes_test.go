package link

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"trail403/aggregate/group"
	"trail403/aggregate/policy"
	"trail403/ingest/arn"
	"trail403/ingest/event"
)

// concerning is what a change has to touch to concern a denial of each cause: the
// service, and the types of what it touches.
var concerning = map[event.Cause]string{
	"identity-implicit":   "iam: role reader; identitystore: role reader; lakeformation: role reader; s3: account 444455556666, bucket corp; sso: role reader",
	"identity-explicit":   "iam: role reader; identitystore: role reader; lakeformation: role reader; sso: role reader",
	"resource-implicit":   "s3: account 444455556666, bucket corp",
	"resource-explicit":   "s3: account 444455556666, bucket corp",
	"scp-implicit":        "organizations: account 111122223333; unnamed",
	"scp-explicit":        "organizations: account 111122223333; unnamed",
	"rcp-implicit":        "organizations: account 444455556666; unnamed",
	"rcp-explicit":        "organizations: account 444455556666; unnamed",
	"vpce-implicit":       "ec2: vpc-endpoint vpce-1",
	"vpce-explicit":       "ec2: vpc-endpoint vpce-1",
	"boundary-implicit":   "iam: role reader; identitystore: role reader; lakeformation: role reader; sso: role reader",
	"boundary-explicit":   "iam: role reader; identitystore: role reader; lakeformation: role reader; sso: role reader",
	"session-implicit":    "iam: role reader; identitystore: role reader; lakeformation: role reader; sso: role reader",
	"session-explicit":    "iam: role reader; identitystore: role reader; lakeformation: role reader; sso: role reader",
	"trust-implicit":      "iam: role reader; identitystore: role reader; lakeformation: role reader; s3: account 444455556666, bucket corp; sso: role reader",
	"trust-explicit":      "iam: role reader; identitystore: role reader; lakeformation: role reader; s3: account 444455556666, bucket corp; sso: role reader",
	"vpce":                "ec2: vpc-endpoint vpce-1",
	"explicit":            "iam: role reader; identitystore: role reader; lakeformation: role reader; s3: account 444455556666, bucket corp; sso: role reader",
	"block-public-acls":   "s3: account 444455556666, bucket corp",
	"block-public-policy": "s3: account 444455556666, bucket corp",
	"sse-c-blocked":       "s3: account 444455556666, bucket corp",
	"object-lock":         "s3: account 444455556666, bucket corp",
	"access-grants":       "s3: account 444455556666, bucket corp",
	"kms-key":             "kms: key 5f2b6c1e-9d3a-4f70-8b15-2c7d90e4a6b8; s3: account 444455556666, bucket corp",
	"request-expired":     "iam: role reader; identitystore: role reader; lakeformation: role reader; s3: account 444455556666, bucket corp; sso: role reader",
	"access-disabled":     "s3: account 444455556666, bucket corp",
	"truncated":           "iam: role reader; identitystore: role reader; lakeformation: role reader; s3: account 444455556666, bucket corp; sso: role reader",
	"not-told":            "iam: role reader; identitystore: role reader; lakeformation: role reader; s3: account 444455556666, bucket corp; sso: role reader",
	"unrecognized":        "iam: role reader; identitystore: role reader; lakeformation: role reader; s3: account 444455556666, bucket corp; sso: role reader",
}

// Every cause says what concerns it, so that a cause that is missing in a switch shows.
func TestCausesConcern(t *testing.T) {
	l := New(nil, 0)
	for _, cause := range event.Causes() {
		g := &group.Group{
			Principal: readerARN, PrincipalAccount: "111122223333", Bucket: "corp", BucketAccount: "444455556666",
			VPCEndpoints: []string{"vpce-1"}, BucketKeys: []string{keyARN}, Causes: []policy.Cause{{Cause: cause, DeniedAction: "s3:GetObject"}},
		}
		var parts []string
		a := l.About(g)
		for _, service := range slices.Sorted(maps.Keys(a.by)) {
			types := map[string]bool{}
			for target := range a.by[service] {
				types[target.Type+" "+shortOf(target)] = true
			}
			parts = append(parts, service+": "+strings.Join(slices.Sorted(maps.Keys(types)), ", "))
		}
		if a.unnamed {
			parts = append(parts, "unnamed")
		}
		if got := strings.Join(parts, "; "); got != concerning[cause] {
			t.Errorf("%q: %q,", cause, got)
		}
	}
	if len(concerning) != len(event.Causes()) {
		t.Errorf("%d causes are in the table, and there are %d", len(concerning), len(event.Causes()))
	}
}

// shortOf names a target in few letters.
func shortOf(t event.Target) string { return arn.Last(t.Name) }
