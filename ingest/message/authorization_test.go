package message

import (
	"strings"
	"testing"

	"trail403/ingest/event"
)

// The texts are those of the page that the package cites, and of real messages.
func TestAuthorizationOf(t *testing.T) {
	const (
		start = "User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: s3:GetObject on resource: " +
			`"arn:aws:s3:::corp-data/a.csv" `
		link = "Go to https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/authorization-details/" +
			"EXAMPLE1a2b3c4d5e6f7g8h9i0j"
		tail = link + " for complete details, or call the GetRequestAuthorizationDetails API with the following " +
			"authorization id: EXAMPLE1a2b3c4d5e6f7g8h9i0j"
		implicit = start + "because no identity-based policy allows the s3:GetObject action. "
		explicit = start + "with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/Deny. "
	)
	want := Authorization{"EXAMPLE1a2b3c4d5e6f7g8h9i0j", "us-east-1"}
	for _, text := range []string{implicit + tail, explicit + tail, implicit + link + " for complete", implicit + tail + "."} {
		if got := AuthorizationOf(text); got != want {
			t.Errorf("%q has %+v", text, got)
		}
	}
	if m := Parse(explicit + tail); m.Cause != event.IdentityExplicit || m.PolicyARN != "arn:aws:iam::123456789012:policy/Deny" {
		t.Errorf("the tail changes the reason: %+v", m)
	}
	for _, text := range []string{
		"", implicit, implicit + "Go to https://us-east-1.console.aws.amazon.com/iam/home",
		strings.Replace(implicit, "a.csv", "x. "+tail, 1),          // in the key of an object
		implicit + strings.Replace(link, "EXAMPLE1", "`id`", 1),    // what a shell would run
		implicit + strings.Replace(tail, "us-east-1#", "$(x)#", 1), // the same
		implicit + strings.Replace(tail, "https://us-east-1.console.aws.amazon.com", "https://example.org", 1),
	} {
		if got := AuthorizationOf(text); got != (Authorization{}) {
			t.Errorf("%q has %+v", text, got)
		}
	}
}
