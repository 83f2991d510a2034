package report

import (
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/report/model"
)

// What a provider continues without is not to fix.
func TestFallbackIsNotToFix(t *testing.T) {
	f := func(agent string, want int) {
		t.Helper()
		const action = "s3:ListTagsForResource"
		r := refusedBuckets(aggregate.Cause{Cause: "identity-implicit", DeniedAction: action})
		g := &r.Groups[0]
		g.Action, r.Accounts = action, []string{g.PrincipalAccount}
		g.From.UserAgents.List = []aggregate.Count{{Value: agent, Denials: g.Denials}}
		complete(r)
		if got := len(model.Build(r, 0).Fixes); got != want {
			t.Errorf("%s: got %d fixes, want %d", agent, got, want)
		}
		if text := string(write(t, Markdown, r, Options{})); strings.Contains(text, "probably harmless") != (want == 0) {
			t.Errorf("%s:\n%s", agent, text)
		}
	}
	f("Terraform/1.9.5", 0)
	f("Boto3/1.34", 1)
}
