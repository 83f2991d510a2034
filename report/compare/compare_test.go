package compare

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// date returns a midnight in October 2026.
func date(d int) time.Time { return time.Date(2026, 10, d, 0, 0, 0, 0, time.UTC) }

// reportOf is a report about some days whose trails of two accounts were read.
func reportOf(from, to int) *Report {
	a, b, recent := date(from), date(to), date(to-3)
	r := &Report{Window: Window{&a, &b, "1d"}, RecentAt: &recent}
	r.Coverage.Accounts, r.Coverage.Regions = []string{"111111111111", "222222222222"}, []string{"us-east-1"}
	return r
}

// group adds a group with as many denials on each day of the window.
func (r *Report) group(id, account string, perDay int) *Report {
	g := Group{ID: id, PrincipalAccount: account, Causes: []Cause{{Cause: "scp-explicit"}}}
	for at := *r.Window.From; at.Before(*r.Window.To); at = at.Add(day) {
		if perDay > 0 {
			g.Series = append(g.Series, Point{at, perDay})
			g.Denials, g.LastSeen = g.Denials+perDay, at
		}
	}
	r.Groups = append(r.Groups, g)
	return r
}

func (r *Report) incident(id string, onset, last int, groups ...string) *Report {
	r.Incidents = append(r.Incidents, Incident{ID: id, Pattern: aggregate.BucketPolicy, Onset: date(onset),
		OnsetLow: date(onset), OnsetHigh: date(onset), LastSeen: date(last), Groups: groups, Denials: 30,
		Shared: Shared{Bucket: "corp-data", Cause: event.ResourceExplicit}})
	return r
}

func states(c *Comparison) string {
	var list []string
	for _, u := range c.Coverage {
		list = append(list, fmt.Sprintf("%s%v%v", u.Aspect, u.Earlier, u.Later))
	}
	for _, g := range c.Groups {
		list = append(list, fmt.Sprintf("%s %s", g.ID, g.State))
	}
	for _, in := range c.Incidents {
		list = append(list, fmt.Sprintf("%s %s", in.ID, in.State))
	}
	for _, p := range c.Policies {
		list = append(list, fmt.Sprintf("improved %s %d", p.PolicyARN, p.Before))
	}
	return strings.Join(list, "; ")
}

func TestOf(t *testing.T) {
	const one, two = "111111111111", "222222222222"
	f := func(what string, earlier, later *Report, want string) {
		t.Helper()
		if got := states(Of(earlier, later)); got != want {
			t.Errorf("%s: got %q, want %q", what, got, want)
		}
	}
	week := func() *Report { return reportOf(1, 15) }
	next := func() *Report { return reportOf(15, 22) }
	f("the same", week().group("a", one, 5), next().group("a", one, 5), "")
	f("new and gone", week().group("a", one, 5), next().group("b", one, 5), "b new; a gone")
	f("louder and quieter", week().group("a", one, 5).group("b", one, 50), next().group("a", one, 50).group("b", one, 5),
		"a louder; b quieter")
	f("the same time again", week().group("a", one, 5), week().group("a", one, 50), "")
	f("a part of a day", week().group("a", one, 5), reportOf(15, 15).group("a", one, 0), "")

	unread := next().group("a", one, 5)
	unread.Coverage.Accounts = []string{one}
	f("an account that was not read", week().group("a", one, 5).group("b", two, 5), unread, "accounts[222222222222][]; b not-read")
	f("and is read again", unread, reportOf(22, 29).group("a", one, 5).group("b", two, 5), "accounts[][222222222222]; b not-read")
	region := week().group("a", one, 5)
	region.Coverage.Regions = []string{"us-east-1", "eu-west-1"}
	region.Groups[0].From.Regions = append(region.Groups[0].From.Regions, struct {
		Value string `json:"value"`
	}{"eu-west-1"})
	f("a Region that was not read", region, next(), "regions[eu-west-1][]; a not-read")

	f("incidents", week().group("a", one, 5).incident("i", 12, 14, "a").incident("old", 2, 3, "a"),
		next().group("a", one, 5).incident("j", 20, 21, "a"), "j started; i not-found")
	f("an incident that ended", week().group("a", one, 5).incident("i", 12, 14, "a"), next(), "a gone; i ended")
	f("an incident that is ongoing", week().group("a", one, 5).incident("i", 12, 14, "a"),
		next().group("a", one, 5).incident("other-id", 12, 21, "a"), "other-id ongoing")
	f("an incident that ended within both", week().group("a", one, 5).incident("i", 12, 14, "a"),
		next().group("a", one, 5).incident("i", 12, 16, "a"), "i ended")
	proven := next().group("a", one, 5).incident("i", 12, 21, "a")
	proven.Incidents[0].Certainty = aggregate.Proven
	f("an incident that was proven", week().group("a", one, 5).incident("i", 12, 14, "a"), proven, "i proven")

	policies := func(r *Report, recent int) *Report {
		r.Policies = []Policy{{PolicyKey{PolicyARN: "arn:p", Cause: "scp-explicit"}, 100, recent}}
		return r
	}
	f("a policy that improved", policies(week(), 20), policies(next(), 0), "improved arn:p 20")
	f("a policy that still denies", policies(week(), 20), policies(next(), 1), "")
	f("a few denials say nothing", policies(week(), 9), policies(next(), 0), "")
	f("the wrong order", next(), week(), "order[true][]")
	f("a gap", reportOf(1, 8), reportOf(15, 22), "time[2026-10-08T00:00:00Z][2026-10-15T00:00:00Z]")
	unknown := next()
	unknown.Coverage.Accounts = nil
	f("unknown accounts", week().group("a", one, 5), unknown, "unnamed[][true]; a gone")
}

func TestNews(t *testing.T) {
	c := Of(reportOf(1, 15).group("a", "1", 5).group("b", "1", 9),
		reportOf(15, 22).group("a", "1", 50).group("c", "1", 5).incident("i", 20, 21, "a").incident("over", 16, 17, "c"))
	news, worse := c.News(), c.Worse()
	if len(news.Groups) != 1 || news.Groups[0].ID != "c" || len(news.Incidents) != 2 {
		t.Errorf("got news %+v", news)
	}
	if len(worse.Groups) != 2 || len(worse.Incidents) != 1 || worse.Incidents[0].ID != "i" {
		t.Errorf("got worse %+v", worse)
	}
}

func TestRead(t *testing.T) {
	const schema = "trail403.report/1"
	good := `{"schema": "trail403.report/1", "later_field": [1, {"a": 2}], "groups": [{"id": "g-1", "denials": 2}]}`
	r, err := Read(strings.NewReader(good), schema)
	if err != nil || len(r.Groups) != 1 || r.Groups[0].Denials != 2 {
		t.Fatalf("got %+v, %v", r, err)
	}
	for _, bad := range []string{
		``, `null`, `[]`, `{}`, `"x"`, `{"groups": []}`, `{"schema": 1}`, `{"schema": "other/1"}`,
		`{"schema": "trail403.report/0"}`,
		`{"schema": "trail403.report/1"`, `{"schema": "trail403.report/1", "groups": {}}`,
		`{"schema": "trail403.report/1", "groups": [`,
		`{"schema": "trail403.report/1", "groups": [{"id": ""}]}`,
		`{"schema": "trail403.report/1", "groups": [{"id": "a"}, {"id": "a"}]}`,
		`{"schema": "trail403.report/1", "groups": [{"id": "a", "denials": -1}]}`,
		`{"schema": "trail403.report/1", "groups": [{"id": "a", "series": [{"start": "2026-10-01T00:00:00Z", "denials": -1}]}]}`,
		strings.Repeat("[", 20_000), `{"schema": "trail403.report/1", "x": ` + strings.Repeat("[", 20_000),
	} {
		if _, err := Read(strings.NewReader(bad), schema); !errors.Is(err, ErrForeign) {
			t.Errorf("%.60s: got error %v", bad, err)
		}
	}
	var newer *NewerError
	if _, err := Read(strings.NewReader(`{"schema": "trail403.report/2", "groups": 7}`), schema); !errors.As(err, &newer) ||
		newer.Schema != "trail403.report/2" {
		t.Errorf("got error %v", err)
	}
}

// Times and counts that no report has lead to no panic, and to no work without end.
func FuzzOf(f *testing.F) {
	f.Add("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1h", 1<<40, "9998-01-01")
	f.Add("2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z", "7d", 5, "2026-10-02")
	f.Fuzz(func(t *testing.T, from, to, interval string, n int, gap string) {
		text := fmt.Sprintf(`{"schema": "trail403.report/1", "window": {"from": %q, "to": %q, "interval": %q},
			"coverage": {"gaps": [{"account": "1", "day": %q}]},
			"groups": [{"id": "a", "principal_account": "1", "denials": %d, "series": [{"start": %q, "denials": %d}]}]}`,
			from, to, interval, gap, n, from, n)
		r, err := Read(strings.NewReader(text), "trail403.report/1")
		if err != nil {
			return
		}
		later := *r
		if r.Window.To != nil {
			start, end := *r.Window.To, r.Window.To.AddDate(0, 0, 30)
			later.Window.From, later.Window.To = &start, &end
		}
		Of(r, &later)
		Of(&later, r)
	})
}
