package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

// incidentOfMany is a result with one incident of n groups of one user, each on a
// bucket of its own, with as many denials as size says.
func incidentOfMany(pattern aggregate.Pattern, n int, size func(i int) int) *aggregate.Result {
	w := aggregate.Window{From: date(2026, 10, 1), To: date(2026, 11, 1), Interval: aggregate.Day}
	const user = "arn:aws:iam::111122223333:user/x/jmiller"
	var groups []aggregate.Group
	for i := range n {
		groups = append(groups, aggregate.Group{
			Principal: user, PrincipalType: "user", PrincipalAccount: "111122223333",
			Action: fmt.Sprint("s3:Get", i%4), Bucket: fmt.Sprintf("bucket-%02d", i), IncidentID: "i-1",
			FirstSeen: day(17, 2, 31), LastSeen: day(17, 2, 38), Trend: aggregate.Trend{Kind: trend.Sporadic},
			Causes: []aggregate.Cause{{Cause: "identity-implicit", Denials: size(i)}},
			Series: []aggregate.Point{{Start: date(2026, 10, 17), Denials: size(i)}},
		})
	}
	r := result(w, groups, coverage.Coverage{})
	in := aggregate.Incident{
		ID: "i-1", Pattern: pattern, Onset: day(17, 2, 31), OnsetLow: day(17, 2, 31), OnsetHigh: day(17, 2, 31), LastSeen: day(17, 2, 38),
		Shared: aggregate.Shared{Principal: user, Cause: "identity-implicit"}, Denials: r.Totals.Denials, Principals: 1, Buckets: n,
	}
	for i := range r.Groups {
		in.Groups = append(in.Groups, r.Groups[i].ID)
	}
	r.Incidents = []aggregate.Incident{in}
	return r
}

// sectionOf returns the Markdown from a heading to the next of its level.
func sectionOf(t *testing.T, text, heading string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, heading)
	if !ok {
		t.Fatalf("no %q in\n%s", heading, text)
	}
	level, _, _ := strings.Cut(heading, " ")
	rest, _, _ = strings.Cut(rest, "\n"+level+" ")
	if len(level) == 3 {
		rest, _, _ = strings.Cut(rest, "\n## ")
	}
	return rest
}

// Of groups that are many and alike few are shown, and what they have in common is
// said above them.
func TestManyMembers(t *testing.T) {
	f := func(name string, n, top, rows int, summary string, size func(i int) int) {
		t.Helper()
		out := string(write(t, Markdown, incidentOfMany(aggregate.Identity, n, size), Options{Top: top}))
		got := sectionOf(t, out, "### Incident 1")
		if shown := strings.Count(got, "` on `bucket-"); shown != rows {
			t.Errorf("%s: %d rows, want %d", name, shown, rows)
		}
		if summary == "" && strings.Contains(got, "**Denied:**") || !strings.Contains(got, summary) {
			t.Errorf("%s: want %q in\n%s", name, summary, got)
		}
		if hidden := n - rows; hidden > 0 && !strings.Contains(got, fmt.Sprintf("Not shown: %d of %d groups", hidden, n)) {
			t.Errorf("%s: nothing says that %d groups are not shown\n%s", name, hidden, got)
		}
	}
	one := func(int) int { return 1 }
	few := func(i int) int { return max(1, 100-10*i) } // the first ten have most
	const all = "- **Denied:** 4 actions (`s3:Get0`, `s3:Get1`, `s3:Get2` and 1 more) on 61 buckets (`bucket-00`, `bucket-01`, `bucket-02` and 58 more) within 7 minutes\n"
	f("alike", 61, 25, 3, all, one)
	f("all are asked for", 61, 0, 61, all, one)
	f("a few matter", 61, 25, 10, "**Denied:** 4 actions", few)
	f("not many", 10, 25, 10, "", one)
	f("half is enough", 20, 25, 10, "on 20 buckets", one)
}

// Who probes buckets is to be asked, and stopped, before anything is allowed.
func TestEnumeration(t *testing.T) {
	got := sectionOf(t, string(write(t, Markdown, incidentOfMany(aggregate.Enumeration, 25, func(int) int { return 1 }), Options{Top: 25})), "### Incident 1")
	for _, want := range []string{
		"- **Meaning:** One principal, the `jmiller` user, tried many buckets",
		"1. Ask whoever manages the `jmiller` user",
		"2. If nobody knows about it, treat the credentials as stolen and deactivate them: `aws iam list-access-keys --user-name jmiller`",
		"| Denials | Per 2 days | Action and bucket | Cause | Seen (UTC)<br>ID |", // the heading has the principal
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "Add ") {
		t.Errorf("a prober is let in:\n%s", got)
	}
}

// An incident says what to do while it is ongoing, and refers to an earlier one with
// the same steps.
func TestNextSteps(t *testing.T) {
	const step = "\n1. Decide whether the user should make this request at all."
	f := func(live bool, incident int, want string) {
		t.Helper()
		r := incidentOfMany(aggregate.Identity, 3, func(int) int { return 1 })
		if live {
			for i := range r.Groups {
				r.Groups[i].LastSeen = day(30, 1, 2)
			}
			r.Incidents[0].LastSeen = day(30, 1, 2)
		}
		r.Groups[2].IncidentID = "i-2"
		second := r.Incidents[0]
		second.ID, second.Groups, r.Incidents[0].Groups = "i-2", second.Groups[2:], second.Groups[:2]
		r.Incidents = append(r.Incidents, second)
		r.Groups = append(r.Groups, aggregate.Group{Principal: "p", LastSeen: day(31, 1, 2), Denials: 1})
		got := sectionOf(t, string(write(t, Markdown, r, Options{Top: 25})), fmt.Sprint("### Incident ", incident))
		if want == "" && (strings.Contains(got, step) || strings.Contains(got, "The steps")) || !strings.Contains(got, want) {
			t.Errorf("live %t, incident %d: want %q in\n%s", live, incident, want, got)
		}
	}
	f(true, 1, step)
	f(true, 2, ". The steps are the same as for [Incident\u00a01](#incident-1).\n")
	f(false, 1, "")
	f(false, 2, "")
}

// What changed after the last denial is a fact with its time, and not called the
// reason.
func TestChangesAfter(t *testing.T) {
	f := func(want string, changes ...aggregate.Link) {
		t.Helper()
		r := incidentOfMany(aggregate.Identity, 3, func(int) int { return 1 })
		for i := range changes {
			r.Changes = append(r.Changes, event.Change{
				Time: day(17, 2, 38).Add(changes[i].Lag), Name: fmt.Sprint("Put", i), Actor: "arn:aws:iam::111122223333:role/admin",
			})
		}
		r.Incidents[0].After = changes
		out := string(write(t, Markdown, r, Options{Top: 25}))
		if got := sectionOf(t, out, "### Incident 1"); !strings.Contains(got, want) || strings.Contains(got, "Put3") {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
	link := func(i int, lag time.Duration) aggregate.Link { return aggregate.Link{Change: i, Lag: lag} }
	f("- **40 seconds after the last denial:** `Put0` by `admin` role (account 111122223333); on Oct\u00a017 02:38:47\n", link(0, 40*time.Second))
	f("- **3 minutes before the last denial:** `Put0`", link(0, -3*time.Minute), link(1, time.Hour), link(2, time.Hour), link(3, time.Hour))
}

// The rows of an incident do not contradict it: a group that is too small to show
// anything by itself says nothing.
func TestMemberTrend(t *testing.T) {
	f := func(want string, kinds ...trend.Kind) {
		t.Helper()
		r := incidentOfMany(aggregate.Identity, len(kinds), func(int) int { return 1 })
		for i, k := range kinds {
			r.Groups[i].Trend = aggregate.Trend{Kind: k, Onset: day(17, 2, 31)}
		}
		got := sectionOf(t, string(write(t, Markdown, r, Options{Top: 25})), "### Incident 1")
		if strings.Contains(got, "steady") || strings.Contains(got, "sporadic") || !strings.Contains(got, want) {
			t.Errorf("%v: want %q in\n%s", kinds, want, got)
		}
	}
	f("| Denials | Per 2 days | Action and bucket | Seen (UTC)<br>ID |", trend.Steady, trend.Sporadic)
	f("<br>– | `s3:Get1` on", trend.New, trend.Steady)
}

// Where the trail that would have the change was not read, the report says so, and
// not that there was no change.
func TestUnreadTrail(t *testing.T) {
	f := func(want, not string, accounts ...string) {
		t.Helper()
		r := incidentOfMany(aggregate.Identity, 3, func(int) int { return 1 })
		r.ChangesSeen, r.Accounts, r.RecentFrom = 1, accounts, day(1, 0, 0)
		got := string(write(t, Markdown, r, Options{Top: 25}))
		if strings.Count(got, want) != 2 || strings.Contains(got, not) { // in the news and in its section
			t.Errorf("trails of %v: want %q twice and no %q in\n%s", accounts, want, not, got)
		}
	}
	const unread, none = "The trail of account 111122223333, which has the caller, was not read", "records that were read"
	f(unread, none, "444455556666")
	f(none, unread, "444455556666", "111122223333")
	f(none, unread) // nothing tells whose trail was read
}

// A group outside incidents shows the changes before it, too.
func TestChangesOutsideIncidents(t *testing.T) {
	r := incidentOfMany(aggregate.Identity, 3, func(int) int { return 1 })
	r.Incidents = nil
	r.Changes = []event.Change{{
		EventID: "e-1", Time: day(17, 2, 28), Source: "iam.amazonaws.com", Name: "DetachUserPolicy", Actor: "arn:aws:iam::111122223333:user/dana",
		Targets: []event.Target{{Type: "user", Name: "arn:aws:iam::111122223333:user/jmiller"}},
	}}
	for i := range r.Groups {
		r.Groups[i].IncidentID = ""
	}
	r.Groups[1].Trend = aggregate.Trend{Kind: trend.New, Onset: day(17, 2, 31), Changes: []aggregate.Link{{Change: 0, Lag: 3 * time.Minute}}}
	got := sectionOf(t, string(write(t, Markdown, r, Options{Top: 25})), "## What changed")
	want := "- **3 minutes before `jmiller` user (account 111122223333), `s3:Get1` on `bucket-01`:** `DetachUserPolicy` on `jmiller` user"
	if strings.Count(got, "minutes before") != 1 || !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}

// A role that was denied the same from the same place until an incident started may
// have been renamed.
func TestRenamed(t *testing.T) {
	f := func(want bool, change func(old *aggregate.Group)) {
		t.Helper()
		r := incidentOfMany(aggregate.Identity, 1, func(int) int { return 30 })
		g := &r.Groups[0]
		g.From.SourceIPs.List = []aggregate.Count{{Value: "10.0.0.9", Denials: 20}, {Value: "10.0.0.1", Denials: 10}}
		g.From.UserAgents.List = []aggregate.Count{{Value: "Boto3/1.35", Denials: 30}}
		old := *g
		old.ID, old.IncidentID, old.Principal = "g-old", "", "arn:aws:iam::111122223333:user/x/jmill"
		old.From.SourceIPs.List = []aggregate.Count{{Value: "10.0.0.1", Denials: 9}}
		old.FirstSeen, old.LastSeen = day(2, 0, 0), day(17, 1, 0)
		if change != nil {
			change(&old)
		}
		r.Groups = append(r.Groups, old)
		got := sectionOf(t, string(write(t, Markdown, r, Options{Top: 25})), "### Incident 1")
		if strings.Contains(got, "- **Possibly renamed:** `jmill` user (account 111122223333) was denied the same requests") != want {
			t.Errorf("renamed: want %t in\n%s", want, got)
		}
	}
	f(true, nil)
	f(false, func(old *aggregate.Group) { old.LastSeen = day(17, 2, 36) })
	f(false, func(old *aggregate.Group) { old.LastSeen = day(9, 0, 0) })
	f(false, func(old *aggregate.Group) { old.Action = "s3:PutObject" })
	f(false, func(old *aggregate.Group) { old.Bucket = "other" })
	f(false, func(old *aggregate.Group) { old.PrincipalAccount = "444455556666" })
	f(false, func(old *aggregate.Group) { old.From.SourceIPs.List[0].Value = "10.0.0.7" })
	f(false, func(old *aggregate.Group) { old.From.UserAgents.List = nil })
}
