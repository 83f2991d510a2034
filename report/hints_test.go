package report

import (
	"fmt"
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/ingest/coverage"
)

// refusedBuckets is a result with a group of one denial a cause, each on a bucket
// of its own, by anonymous callers where no reason is told.
func refusedBuckets(causes ...aggregate.Cause) *aggregate.Result {
	w := aggregate.Window{From: date(2026, 10, 1), To: date(2026, 11, 1), Interval: aggregate.Day}
	var groups []aggregate.Group
	for i, c := range causes {
		c.Denials = len(causes) - i
		g := aggregate.Group{
			Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role", PrincipalAccount: "111122223333", Action: "s3:GetObject",
			Bucket: fmt.Sprint("bucket-", i), BucketAccount: "111122223333", FirstSeen: day(1, 2, 3), LastSeen: day(31, 2, 3),
			EventNames: []aggregate.Count{{Value: "GetObject", Denials: c.Denials}}, Causes: []aggregate.Cause{c},
			Series: []aggregate.Point{{Start: date(2026, 10, 1), Denials: c.Denials}},
		}
		if c.WhyNotTold == "anonymous" {
			g.Principal, g.PrincipalType, g.PrincipalAccount = "anonymous", "anonymous", ""
		}
		groups = append(groups, g)
	}
	return result(w, groups, coverage.Coverage{})
}

// Hints stand once each, and not where something else says the same.
func TestHintsSection(t *testing.T) {
	f := func(causes []aggregate.Cause, want ...string) {
		t.Helper()
		out := string(write(t, Markdown, refusedBuckets(causes...), Options{Top: 25}))
		var got []string
		_, section, _ := strings.Cut(out, "\n## Hints")
		for line := range strings.Lines(section) {
			if hint, ok := strings.CutPrefix(line, "- **"); ok && strings.Contains(hint, "** (") {
				before, _, _ := strings.Cut(hint, "). ")
				got = append(got, strings.ReplaceAll(before, "**", ""))
			}
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got %q, want %q in\n%s", got, want, out)
		}
	}
	anonymous := aggregate.Cause{Cause: "not-told", WhyNotTold: "anonymous"}
	key := aggregate.Cause{Cause: "kms-key", DeniedAction: "kms:Decrypt"}
	lock := aggregate.Cause{Cause: "object-lock"}
	f([]aggregate.Cause{lock})
	f([]aggregate.Cause{key}) // what to do says it
	f([]aggregate.Cause{anonymous}, "anonymous-probe (1 denial: `anonymous`, `s3:GetObject` on `bucket-0`")
	f([]aggregate.Cause{lock, lock, lock, lock, lock, anonymous, key, anonymous, key},
		"anonymous-probe (6 denials: `anonymous`, `s3:GetObject` on `bucket-5` and 1 more group",
		"kms (4 denials: `reader` role (account 111122223333), `s3:GetObject` on `bucket-6` and 1 more group")
}

// A policy with several ways to refuse says how often it does so in each.
func TestPolicyWays(t *testing.T) {
	r := refusedBuckets(aggregate.Cause{Cause: "vpce"})
	p := &r.Policies[0]
	p.Causes = []aggregate.Count{{Value: "vpce", Denials: 36}, {Value: "vpce-explicit", Denials: 2}}
	out := string(write(t, Markdown, r, Options{Top: 25}))
	for _, want := range []string{"<br>Deny or no Allow (36), Deny (2) |", "- **Denials by this policy, by how it denies:** Deny or no Allow (36), Deny (2). The steps below are for the first of these.\n"} {
		if strings.Count(out, want) != 1 {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// A quarantine is not among what to fix, and the warning stands where it does.
func TestAlarmApart(t *testing.T) {
	quarantine := aggregate.Cause{Cause: "identity-explicit", PolicyARN: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}
	f := func(r *aggregate.Result, fixes int) {
		t.Helper()
		out := string(write(t, Markdown, r, Options{Top: 25}))
		if got := sectionOf(t, out, "## Alarms"); !strings.Contains(got, "Do NOT detach") {
			t.Errorf("no warning in\n%s", got)
		}
		if fixes == 0 {
			if strings.Contains(out, "## Policies<") || strings.Contains(out, "## Fix first") {
				t.Errorf("there is nothing to fix in\n%s", out)
			}
			return
		}
		got := sectionOf(t, out, "## Policies<")
		if rows := strings.Count(got, "\n|") - 2; rows != fixes || !strings.Contains(got, "Not to fix: identity policy `AWSCompromisedKeyQuarantineV3` (managed by AWS), with 2 denials.") {
			t.Errorf("%d rows, want %d in\n%s", rows, fixes, got)
		}
		if strings.Contains(sectionOf(t, out, "## What to do"), "Quarantine") || strings.Contains(out, "Not shown") {
			t.Errorf("the quarantine is to fix in\n%s", out)
		}
	}
	f(refusedBuckets(quarantine), 0)
	f(refusedBuckets(quarantine, aggregate.Cause{Cause: "resource-explicit"}), 1)
}
