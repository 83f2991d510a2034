package ingest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"trail403/ingest/coverage"
)

func day(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	panic(s)
}

// Objects are skipped by the day in their path, or the minute in their name, with
// a day of slack on each side: they hold events of any time before, and clocks
// differ.
func TestOutside(t *testing.T) {
	f := func(want bool, delivered, from, to string) {
		t.Helper()
		o := Options{From: day(from), To: day(to)}
		name := "us-east-1/" + strings.ReplaceAll(delivered, "-", "/") + "/x"
		if at, err := time.Parse("2006-01-02T15:04", delivered); err == nil {
			name = "111122223333_CloudTrail_us-east-1_" + at.Format("20060102T1504Z") + "_x.json.gz"
		}
		q := o.query()
		if got := unwanted(&q, name) == coverage.SkipOutsideWindow; got != want {
			t.Errorf("delivered on %s, window %s to %s: got %v", delivered, from, to, got)
		}
	}
	f(false, "2026-10-05", "", "")
	f(false, "0001-01-01", "", "")
	// From the start on, and the day before.
	f(false, "2026-10-05", "2026-10-05", "")
	f(false, "2026-10-04", "2026-10-05", "")
	f(true, "2026-10-03", "2026-10-05", "")
	f(false, "2026-10-04", "2026-10-05T23:59:59Z", "")
	f(false, "2026-10-03", "2026-10-04T23:59:59Z", "")
	f(true, "2026-10-03", "2026-10-05T00:00:01Z", "")
	f(false, "2030-01-01", "2026-10-05", "")
	// Up to the end, and a day longer.
	f(false, "2026-10-04", "", "2026-10-05")
	f(false, "2026-10-05", "", "2026-10-05")
	f(true, "2026-10-06", "", "2026-10-05")
	f(false, "2026-10-06", "", "2026-10-05T00:00:01Z")
	f(true, "2026-10-07", "", "2026-10-05T23:59:59Z")
	f(false, "1999-01-01", "", "2026-10-05")
	// To the minute.
	f(true, "2026-10-04T08:59", "2026-10-05T09:00:00Z", "")
	f(false, "2026-10-04T09:00", "2026-10-05T09:00:00Z", "")
	f(false, "2026-10-04T09:00", "2026-10-05T09:00:59Z", "")
	f(true, "2026-10-04T09:00", "2026-10-05T09:01:00Z", "")
	f(false, "2026-10-05T09:00", "", "2026-10-04T09:00:01Z")
	f(true, "2026-10-05T09:00", "", "2026-10-04T09:00:00Z")
	// Both.
	f(false, "2026-10-05", "2026-10-05", "2026-10-06")
	f(true, "2026-10-03", "2026-10-05", "2026-10-06")
	f(true, "2026-10-07", "2026-10-05", "2026-10-06")
}

// The window is half-open.
func TestInWindow(t *testing.T) {
	f := func(want, at, from, to string) {
		t.Helper()
		c, _ := run(t, Options{From: day(from), To: day(to)}, memory{"x": trail(deniedAt("a", at))})
		if got := result(c); got != "1 read, 1 "+want {
			t.Errorf("%s in %s to %s: got %s, want %s", at, from, to, got, want)
		}
	}
	const from, to = "2026-10-05", "2026-10-06"
	f("kept", "2026-10-05T12:00:00Z", "", "")
	f("kept", "2026-10-05T00:00:00Z", from, to)
	f("kept", "2026-10-05T23:59:59.999Z", from, to)
	f("kept", "2026-10-06T01:59:59+02:00", from, to)
	f("outside", "2026-10-04T23:59:59.999Z", from, to)
	f("outside", "2026-10-06T00:00:00Z", from, to)
	f("outside", "2026-10-05T23:00:00-01:00", from, to)
	f("kept", "2050-01-01T00:00:00Z", from, "")
	f("outside", "2026-10-04T00:00:00Z", from, "")
	f("kept", "2006-03-14T00:00:00Z", "", to)
	f("outside", "2026-10-07T00:00:00Z", "", to)
	f("malformed", "9999-01-01T00:00:00Z", from, to)
}

// A window over a trail: days far off are not opened, the rest is filtered by
// the time of the events.
func TestWindowOfTrail(t *testing.T) {
	m := memory{"no/date.json": trail(deniedAt("no-date", "2026-10-05T06:00:00Z"))}
	for d := 1; d <= 9; d++ {
		name := fmt.Sprintf("AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/%02d/111122223333_CloudTrail_us-east-1_202610%02dT0005Z_abc.json.gz", d, d)
		m[name] = gz(trail(deniedAt(fmt.Sprint("day-", d), fmt.Sprintf("2026-10-%02dT00:01:00Z", d)), other("x")))
	}
	m["AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/07/renamed.json"] = trail(deniedAt("late", "2026-10-06T23:59:59Z"))
	for _, unopened := range []string{"03", "08"} { // these would fail
		m["AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/"+unopened+"/x.json"] = fmt.Errorf("opened %s", unopened)
	}
	c, ids := run(t, Options{From: day("2026-10-05"), To: day("2026-10-07")}, m)
	if got, want := result(c), "6 read, 7 outside-window, 4 kept, 4 not denied, 2 outside"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := strings.Join(ids, " "); got != "day-5 day-6 late no-date" {
		t.Errorf("got %s", got)
	}
}
