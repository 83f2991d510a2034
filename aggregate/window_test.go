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

// Recent denials are counted with the groups, policies and documents.
func TestRecentDenials(t *testing.T) {
	var list []event.Denial
	for i, when := range []string{"01T00:00:00", "20T00:00:00", "28T23:59:59", "29T00:00:00", "31T10:00:00"} {
		list = append(list, refused(i, "resource-explicit", func(d *event.Denial) { d.Time = at(when) }))
	}
	r := build(t, 2, list, Options{})
	if p := r.Policies[0]; !r.RecentFrom.Equal(at("29T00:00:00")) || p.Denials != 5 || p.Recent != 2 || r.Documents[0].Recent != 2 || r.Groups[0].Recent != 2 {
		t.Errorf("recent since %s: %d of %d, %d of the document", r.RecentFrom, p.Recent, p.Denials, r.Documents[0].Recent)
	}
	if r := build(t, 1, nil, Options{}); !r.RecentFrom.IsZero() {
		t.Errorf("got %s", r.RecentFrom)
	}
}
