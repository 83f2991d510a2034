package report

import (
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/model"
	"trail403/report/suggest"
)

// What a provider continues without is not to fix, and nothing is suggested for it.
func TestFallbackIsNotToFix(t *testing.T) {
	f := func(agent string, want int) {
		t.Helper()
		r := ongoing(event.Change{})
		g := &r.Groups[0]
		r.Incidents, g.IncidentID, g.BucketAccount, r.Accounts = nil, "", "", []string{"111122223333"}
		g.Principal, g.PrincipalType, g.PrincipalAccount = "arn:aws:iam::111122223333:role/deployer", "role", "111122223333"
		g.Action, g.Bucket = "s3:ListTagsForResource", "corp-data"
		g.Causes = []aggregate.Cause{{Cause: "identity-implicit", DeniedAction: g.Action, Denials: g.Denials}}
		g.From.UserAgents.List = []aggregate.Count{{Value: agent, Denials: g.Denials}}
		complete(r)
		if got := len(model.Build(r, 0).Fixes); got != want {
			t.Errorf("%s: got %d fixes, want %d", agent, got, want)
		}
		if got := len(suggest.For(r)); got != want {
			t.Errorf("%s: got %d suggestions, want %d", agent, got, want)
		}
		if text := string(write(t, Markdown, r, Options{})); strings.Contains(text, "probably harmless") != (want == 0) {
			t.Errorf("%s:\n%s", agent, text)
		}
	}
	f("Terraform/1.9.5", 0)
	f("Boto3/1.34", 1)
}
