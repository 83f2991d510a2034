package aggregate

import (
	"testing"
	"time"

	"trail403/ingest/event"
)

func TestWindow(t *testing.T) {
	one := func(s string) event.Denial {
		return denied(len(s)+int(at(s).Unix()), func(d *event.Denial) { d.Time = at(s) })
	}
	f := func(name string, flags, want Window, times ...string) {
		t.Helper()
		var list []event.Denial
		for _, s := range times {
			list = append(list, one(s))
		}
		r := build(t, 1, list, Options{Window: flags})
		if r.Window != want {
			t.Errorf("%s: got %v, want %v", name, r.Window, want)
		}
		for _, g := range r.Groups {
			for _, p := range g.Series {
				if i := r.Window.Index(p.Start); i < 0 || i >= r.Window.Intervals() {
					t.Errorf("%s: interval %v is number %d of %d", name, p.Start, i, r.Window.Intervals())
				}
			}
		}
	}
	month := Window{From: at("01T00:00:00"), To: at("31T00:00:00")}
	f("nothing at all", Window{}, Window{Interval: Day})
	f("flags only", month, Window{From: month.From, To: month.To, Interval: Day})
	f("a moment", Window{}, Window{From: at("05T10:00:00"), To: at("05T11:00:00"), Interval: Hour}, "05T10:00:00")
	f("three days", Window{}, Window{From: at("05T10:00:00"), To: at("08T11:00:00"), Interval: Hour}, "05T10:30:00", "08T10:30:00")
	f("more than three days", Window{}, Window{From: at("05T00:00:00"), To: at("09T00:00:00"), Interval: Day}, "05T10:30:00", "08T10:30:01")
	f("an end on a boundary", Window{}, Window{From: at("01T00:00:00"), To: at("10T00:00:00"), Interval: Day}, "01T00:00:00", "09T00:00:00")
	f("flags win", month, Window{From: month.From, To: month.To, Interval: Day}, "05T10:30:00")
	f("one flag", Window{From: at("01T05:00:00")}, Window{From: at("01T05:00:00"), To: at("21T00:00:00"), Interval: Day}, "20T10:30:00")
	f("one flag and nothing", Window{From: at("01T05:00:00")}, Window{From: at("01T05:00:00"), Interval: Day})
	f("weeks", Window{Interval: Week}, Window{From: at("05T00:00:00"), To: at("19T00:00:00"), Interval: Week}, "07T00:00:00", "12T00:00:00")
	long := Window{From: at("01T00:00:00"), To: at("01T00:00:00").Add(121 * 24 * time.Hour)}
	f("more than 120 days", long, Window{From: long.From, To: long.To, Interval: Week}, "07T00:00:00")
}

func TestLate(t *testing.T) {
	at := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	f := func(want, from, to string, interval Interval, last string) {
		t.Helper()
		if got := (Window{From: at(from), To: at(to), Interval: interval}).Late(at(last)); !got.Equal(at(want)) {
			t.Errorf("%s to %s by %s, last %s: got %s, want %s", from, to, interval, last, got, want)
		}
	}
	// Three days, and a tenth if that is longer, from the beginning of a day on.
	f("2026-10-28T00:00:00Z", "2026-10-17T00:00:00Z", "2026-11-01T00:00:00Z", Day, "2026-10-31T23:30:00Z")
	f("2026-10-28T00:00:00Z", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", Day, "2026-10-31T23:30:00Z")
	f("2026-10-22T00:00:00Z", "2026-08-03T00:00:00Z", "2026-11-01T00:00:00Z", Day, "2026-10-31T01:00:00Z")
	// By hours a tenth; a week begins on Monday.
	f("2026-10-31T19:00:00Z", "2026-10-30T00:00:00Z", "2026-11-01T00:00:00Z", Hour, "2026-10-31T23:50:00Z")
	f("2026-08-31T00:00:00Z", "2025-04-01T00:00:00Z", "2026-11-01T00:00:00Z", Week, "2026-10-31T01:00:00Z")
	if got := (Window{}).Late(time.Time{}); !got.IsZero() {
		t.Errorf("got %s", got)
	}
}

// What came of late is counted with the policies.
func TestLateDenials(t *testing.T) {
	var list []event.Denial
	for i, when := range []string{"01T00:00:00", "20T00:00:00", "28T00:00:00", "31T10:00:00"} {
		list = append(list, refused(i, "resource-explicit", func(d *event.Denial) { d.Time = at(when) }))
	}
	r := build(t, 2, list, Options{})
	if p := r.Policies[0]; !r.Late.Equal(at("28T00:00:00")) || p.Denials != 4 || p.Recent != 2 || r.Documents[0].Recent != 2 {
		t.Errorf("of late begins at %s: %d of %d, %d of the document", r.Late, p.Recent, p.Denials, r.Documents[0].Recent)
	}
	if r := build(t, 1, nil, Options{}); !r.Late.IsZero() {
		t.Errorf("got %s", r.Late)
	}
}
