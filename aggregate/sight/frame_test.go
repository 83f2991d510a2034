package sight

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"trail403/aggregate/rows"
	"trail403/aggregate/window"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/source"
)

var trail = source.Place{Account: "111122223333", Region: "us-east-1"}

// tableOf holds a denial at each of the times, of one trail.
func tableOf(times ...time.Time) *rows.Table {
	t := &rows.Table{}
	for i, at := range times {
		d := event.Denial{EventID: fmt.Sprint(i), Time: at, Region: trail.Region}
		t.Add(&d)
	}
	return t
}

func TestFrame(t *testing.T) {
	f := func(name string, flags window.Window, recent time.Duration, seen string, times []time.Time, want string) {
		t.Helper()
		trails := coverage.Trails{}
		if seen != "" {
			trails[trail] = seenOn(seen)
		}
		s := New(trails)
		frame, recentFrom := s.Frame(tableOf(times...), flags, time.Time{}, recent)
		got := "nothing"
		if frame.N > 0 {
			got = fmt.Sprintf("%d of %v from %s, recent %d", frame.N, frame.Step, frame.Start.Format("01-02T15"), frame.Recent)
			if end := frame.Start.Add(time.Duration(frame.N-frame.Recent) * frame.Step); !recentFrom.Equal(end) {
				got += " since " + recentFrom.Format("01-02T15")
			}
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
	}
	x := func(n int) string { return strings.Repeat("x", n) }
	times := func(list ...string) (out []time.Time) {
		for _, s := range list {
			out = append(out, at(s))
		}
		return out
	}
	month := times("03T08:15:00", "28T20:00:00")
	f("no flags, no names of objects", window.Window{}, 0, "", month, "26 of 24h0m0s from 10-03T00, recent 3")
	f("as far as objects go day by day", window.Window{}, 0, x(31), month, "30 of 24h0m0s from 10-01T00, recent 3")
	f("no further than a day without", window.Window{}, 0, "x."+x(26)+".xx", month, "26 of 24h0m0s from 10-03T00, recent 3")
	f("flags", window.Window{From: at("02T00:00:00"), To: at("31T00:00:00")}, 0, x(31), month, "29 of 24h0m0s from 10-02T00, recent 3")
	f("flags cut days", window.Window{From: at("02T10:00:00"), To: at("31T10:00:00")}, 0, x(31), month, "28 of 24h0m0s from 10-03T00, recent 3")
	f("90 days", window.Window{From: at("01T00:00:00"), To: at("01T00:00:00").Add(90 * day)}, 0, x(90), month, "90 of 24h0m0s from 10-01T00, recent 9")
	f("--recent", window.Window{From: at("01T00:00:00"), To: at("31T00:00:00")}, 25*time.Hour, x(31), month, "30 of 24h0m0s from 10-01T00, recent 2")
	f("--recent beyond all", window.Window{From: at("01T00:00:00"), To: at("31T00:00:00")}, 1000*day, x(31), month, "30 of 24h0m0s from 10-01T00, recent 30")
	f("six days", window.Window{}, 0, "", times("03T08:15:00", "08T20:00:00"), "133 of 1h0m0s from 10-03T08, recent 13")
	f("seven", window.Window{}, 0, "", times("03T08:15:00", "09T20:00:00"), "7 of 24h0m0s from 10-03T00, recent 3")
	// A window that ends later than what was read: the data ends, not the denials.
	f("the window reaches beyond the data", window.Window{From: at("01T00:00:00"), To: at("01T00:00:00").Add(40 * day)}, 0, x(31), month, "40 of 24h0m0s from 10-01T00, recent 4 since 10-28T00")
	f("nothing tells where the data ends", window.Window{From: at("01T00:00:00"), To: at("01T00:00:00").Add(40 * day)}, 0, "", month, "40 of 24h0m0s from 10-01T00, recent 4")
	f("an hour", window.Window{}, 0, "", times("03T08:15:00"), "1 of 1h0m0s from 10-03T08, recent 1")
	f("less than an hour", window.Window{From: at("03T08:05:00"), To: at("03T08:35:00")}, 0, "", times("03T08:15:00"), "nothing")
	f("no denials", window.Window{}, 0, x(31), nil, "nothing")

	// An archive that was copied at ten in the morning: its last day is not a whole one.
	var cut []time.Time
	for d := range 20 {
		for h := 0; h < 24 && (d < 19 || h < 10); h += 2 {
			at := at("01T00:30:00").Add(time.Duration(d)*day + time.Duration(h)*time.Hour)
			cut = append(cut, at, at.Add(20*time.Minute), at.Add(30*time.Minute))
		}
	}
	f("the last day is cut", window.Window{}, 0, x(20), cut, "19 of 24h0m0s from 10-01T00, recent 3")
	f("so is the first", window.Window{}, 0, x(20), cut[27:], "18 of 24h0m0s from 10-02T00, recent 3")
	f("with too few denials a day nobody knows", window.Window{}, 0, x(20), month, "28 of 24h0m0s from 10-01T00, recent 3")
}
