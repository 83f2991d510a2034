package link

import (
	"fmt"
	"testing"

	"trail403/ingest/event"
)

// denying is which documents and settings can have denied for each cause, where the
// action was one of S3 and where it was one of KMS, and how a change brings that about.
var denying = map[event.Cause]string{
	"identity-implicit":   "removes [identity bucket], KMS [identity]",
	"identity-explicit":   "adds [identity], KMS [identity]",
	"resource-implicit":   "removes [bucket public-access], KMS [key]",
	"resource-explicit":   "adds [bucket encryption], KMS [key]",
	"scp-implicit":        "removes [organization], KMS [organization]",
	"scp-explicit":        "adds [organization], KMS [organization]",
	"rcp-implicit":        "removes [organization], KMS [organization]",
	"rcp-explicit":        "adds [organization], KMS [organization]",
	"vpce-implicit":       "removes [network], KMS [network]",
	"vpce-explicit":       "adds [network], KMS [network]",
	"boundary-implicit":   "removes [boundary], KMS [boundary]",
	"boundary-explicit":   "adds [boundary], KMS [boundary]",
	"session-implicit":    "removes [session], KMS [session]",
	"session-explicit":    "adds [session], KMS [session]",
	"trust-implicit":      "removes [trust], KMS [trust]",
	"trust-explicit":      "adds [trust], KMS [trust]",
	"vpce":                "adds or removes [network], KMS [network]",
	"explicit":            "adds [], KMS [key identity], any",
	"block-public-acls":   "adds or removes [public-access], KMS [public-access]",
	"block-public-policy": "adds or removes [public-access], KMS [public-access]",
	"sse-c-blocked":       "adds or removes [encryption], KMS [encryption]",
	"object-lock":         "adds or removes [object-lock], KMS [object-lock]",
	"access-grants":       "adds or removes [access-grants identity], KMS [access-grants identity]",
	"kms-key":             "adds or removes [key], KMS [key]",
	"request-expired":     "adds or removes [], KMS []",
	"access-disabled":     "adds or removes [], KMS []",
	"truncated":           "adds or removes [], KMS [key identity], any",
	"not-told":            "adds or removes [], KMS [key identity], any",
	"unrecognized":        "adds or removes [], KMS [key identity], any",
}

// Every cause says what can have denied, so that a cause that is missing in the tables
// shows.
func TestCausesHaveSubjects(t *testing.T) {
	ways := map[way]string{adds: "adds", removes: "removes", both: "adds or removes"}
	for _, cause := range event.Causes() {
		s3, how := subjects(cause, "s3:GetObject")
		kms, _ := subjects(cause, "kms:Decrypt")
		got := fmt.Sprintf("%s %v, KMS %v", ways[how], s3, kms)
		if s3 == nil {
			got += ", any"
		}
		if got != denying[cause] {
			t.Errorf("%q: %q,", cause, got)
		}
	}
	if len(denying) != len(event.Causes()) {
		t.Errorf("%d causes are in the table, and there are %d", len(denying), len(event.Causes()))
	}
}
