package report

import (
	"strings"
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// ongoing is an incident of one group that has not ended, and its policy the first to fix.
func ongoing(change event.Change) *aggregate.Result {
	r := incidentOfMany(aggregate.Identity, 1, func(int) int { return 4 })
	in, g := &r.Incidents[0], &r.Groups[0]
	in.LastSeen, g.LastSeen, r.Policies[0].LastSeen = day(31, 1, 2), day(31, 1, 2), day(31, 1, 2)
	g.Series = []aggregate.Point{{Start: date(2026, 10, 17), Denials: 3}, {Start: date(2026, 10, 31), Denials: 1}}
	change.Name, change.Time = "DetachUserPolicy", in.Onset.Add(-3*time.Minute)
	r.Changes = []event.Change{change}
	in.Changes = []aggregate.Link{{Change: 0, Lag: 3 * time.Minute}}
	return r
}

// Where a change came before, it is the first thing to look at.
func TestCompareWithChange(t *testing.T) {
	f := func(want string, change event.Change, edit func(*aggregate.Result)) {
		t.Helper()
		r := ongoing(change)
		if edit != nil {
			edit(r)
		}
		got := sectionOf(t, string(write(t, Markdown, r, Options{Top: 25})), "### Incident 1")
		if want == "" && strings.Contains(got, "Look first") || !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
	admin := event.Change{Actor: "arn:aws:iam::111122223333:role/admin", Session: "dana", Region: "us-east-1", Account: "111122223333", EventID: "e-1"}
	f("\n1. Look first at the change 3 minutes before, `DetachUserPolicy` by `dana` (`admin` role, account 111122223333). "+
		"Ask whether it was meant to block these calls, and have it reverted if not. In account 111122223333: "+
		"`aws cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=EventId,AttributeValue=e-1`\n2. Decide", admin, nil)
	f("1. Look first at the change about 3 minutes before", admin, func(r *aggregate.Result) {
		r.Incidents[0].OnsetLow = r.Incidents[0].OnsetLow.Add(-time.Hour)
	})
	f("", admin, func(r *aggregate.Result) { r.Incidents[0].Changes = nil })
	f("", event.Change{Actor: "arn:aws:iam::111122223333:root", SourceIP: "AWS Internal", EventID: "e-1"}, nil)
	// A name from the log that a shell would act on stays out of a command.
	hostile := admin
	hostile.EventID = "e-1; rm -rf /"
	f("have it reverted if not.\n2. Decide", hostile, nil)
	hostile = admin
	hostile.Region, hostile.Account = "$(id)", "`id`"
	f("have it reverted if not. `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventId,AttributeValue=e-1`\n", hostile, nil)
	// What is over needs no look.
	f("", admin, func(r *aggregate.Result) {
		r.Incidents[0].LastSeen = day(17, 3, 0)
		r.Groups = append(r.Groups, aggregate.Group{Principal: "p", LastSeen: day(31, 1, 2), Denials: 1})
	})
}

// An ongoing incident says whether it fades.
func TestRecent(t *testing.T) {
	f := func(want string, edit func(*aggregate.Result)) {
		t.Helper()
		r := ongoing(event.Change{})
		edit(r)
		got := strings.ReplaceAll(sectionOf(t, string(write(t, Markdown, r, Options{Top: 25})), "### Incident 1"), "\u00a0", " ")
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
	f("1 of them came since Oct 27; the last was on Oct 31 01:02.\n", func(*aggregate.Result) {})
	f("The last was on Oct 20 01:02; the incident has ended.\n\n", func(r *aggregate.Result) { r.Incidents[0].LastSeen = day(20, 1, 2) })
	f("The last was on Oct 31 01:02.\n\n", func(r *aggregate.Result) { // it began after that
		in := &r.Incidents[0]
		in.Onset, in.OnsetLow, in.OnsetHigh = day(30, 1, 2), day(30, 1, 2), day(30, 1, 2)
	})
}

// A policy that has nearly ended stands behind those that go on.
func TestRankOfEnded(t *testing.T) {
	r := ongoing(event.Change{})
	r.Policies = nil
	for i, p := range []aggregate.Policy{
		{Bucket: "ended", Denials: 500, FirstSeen: day(1, 0, 0), LastSeen: day(20, 0, 0)},
		{Bucket: "nearly", Denials: 300, Recent: 1, FirstSeen: day(1, 0, 0), LastSeen: day(30, 0, 0)},
		{Bucket: "live", Denials: 20, Recent: 3, FirstSeen: day(1, 0, 0), LastSeen: day(30, 0, 0)},
	} {
		p.Cause, p.Owner, p.Causes = "resource-explicit", event.OwnerBucket, []aggregate.Count{{Value: "resource-explicit", Denials: 500 - i}}
		r.Policies = append(r.Policies, p)
	}
	out := string(write(t, Markdown, r, Options{Top: 25}))
	var order []string
	for _, line := range strings.Split(sectionOf(t, out, "## Policies"), "\n") {
		if _, rest, ok := strings.Cut(line, "bucket policy of `"); ok {
			name, _, _ := strings.Cut(rest, "`")
			order = append(order, name)
		}
	}
	if got := strings.Join(order, " "); got != "live ended nearly" {
		t.Errorf("got %s in\n%s", got, out)
	}
}

// Bars are explained below the first of them, and once.
func TestLegendOnce(t *testing.T) {
	r := ongoing(event.Change{})
	r.Groups = append(r.Groups, aggregate.Group{Principal: "p", LastSeen: day(31, 1, 2), Denials: 1})
	out := string(write(t, Markdown, r, Options{Top: 25}))
	if n := strings.Count(out, "Bars are relative"); n != 1 || !strings.Contains(sectionOf(t, out, "### Incident 1"), "Bars are relative") {
		t.Errorf("the bars are explained %d times:\n%s", n, out)
	}
}
