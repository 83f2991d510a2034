package aggregate

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"trail403/aggregate/trend"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/source"
)

var trail = source.Place{Account: "111122223333", Region: "us-east-1"}

// tableOf holds a denial at each of the times, of one trail.
func tableOf(times ...time.Time) *table {
	t := &table{}
	for i, at := range times {
		d := denied(i, func(d *event.Denial) { d.Time, d.Region = at, trail.Region })
		t.add(&d)
	}
	return t
}

func TestFrame(t *testing.T) {
	f := func(name string, flags Window, recent time.Duration, seen string, times []time.Time, want string) {
		t.Helper()
		s := newSight(coverage.Trails{trail: seenOn(seen)})
		frame := tableOf(times...).frameOf(flags, recent, s)
		got := "nothing"
		if frame.N > 0 {
			got = fmt.Sprintf("%d of %v from %s, recent %d", frame.N, frame.Step, frame.Start.Format("01-02T15"), frame.Recent)
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
	f("no flags, no names of objects", Window{}, 0, "", month, "26 of 24h0m0s from 10-03T00, recent 3")
	f("as far as objects go day by day", Window{}, 0, x(31), month, "30 of 24h0m0s from 10-01T00, recent 3")
	f("no further than a day without", Window{}, 0, "x."+x(26)+".xx", month, "26 of 24h0m0s from 10-03T00, recent 3")
	f("flags", Window{From: at("02T00:00:00"), To: at("31T00:00:00")}, 0, x(31), month, "29 of 24h0m0s from 10-02T00, recent 3")
	f("flags cut days", Window{From: at("02T10:00:00"), To: at("31T10:00:00")}, 0, x(31), month, "28 of 24h0m0s from 10-03T00, recent 3")
	f("90 days", Window{From: at("01T00:00:00"), To: at("01T00:00:00").Add(90 * day)}, 0, x(90), month, "90 of 24h0m0s from 10-01T00, recent 9")
	f("--recent", Window{From: at("01T00:00:00"), To: at("31T00:00:00")}, 25*time.Hour, x(31), month, "30 of 24h0m0s from 10-01T00, recent 2")
	f("--recent beyond all", Window{From: at("01T00:00:00"), To: at("31T00:00:00")}, 1000*day, x(31), month, "30 of 24h0m0s from 10-01T00, recent 30")
	f("six days", Window{}, 0, "", times("03T08:15:00", "08T20:00:00"), "133 of 1h0m0s from 10-03T08, recent 13")
	f("seven", Window{}, 0, "", times("03T08:15:00", "09T20:00:00"), "7 of 24h0m0s from 10-03T00, recent 3")
	f("an hour", Window{}, 0, "", times("03T08:15:00"), "1 of 1h0m0s from 10-03T08, recent 1")
	f("less than an hour", Window{From: at("03T08:05:00"), To: at("03T08:35:00")}, 0, "", times("03T08:15:00"), "nothing")
	f("no denials", Window{}, 0, x(31), nil, "nothing")

	// An archive that was copied at ten in the morning: its last day is not a whole one.
	var cut []time.Time
	for d := range 20 {
		for h := 0; h < 24 && (d < 19 || h < 10); h += 2 {
			at := at("01T00:30:00").Add(time.Duration(d)*day + time.Duration(h)*time.Hour)
			cut = append(cut, at, at.Add(20*time.Minute), at.Add(30*time.Minute))
		}
	}
	f("the last day is cut", Window{}, 0, x(20), cut, "19 of 24h0m0s from 10-01T00, recent 3")
	f("so is the first", Window{}, 0, x(20), cut[27:], "18 of 24h0m0s from 10-02T00, recent 3")
	f("with too few denials a day nobody knows", Window{}, 0, x(20), month, "28 of 24h0m0s from 10-01T00, recent 3")
}

// judged builds a result in which a group has n denials on each of 30 days, but
// for what change makes of a day.
func judged(t *testing.T, seen coverage.Trails, change func(day, n int) int, shift time.Duration) *Result {
	t.Helper()
	s := NewShard(&Limits{}, false)
	n := 0
	for d := range 30 {
		count := change(d, 8+d%3)
		for i := range count {
			n++
			den := denied(n, func(den *event.Denial) {
				den.Time = at("01T00:00:00").Add(time.Duration(d)*day + time.Duration(i*24/max(count, 1))*time.Hour + shift)
				den.Region = trail.Region
			})
			if err := s.Add(&den); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Commit()
	c := &coverage.Coverage{Trails: seen}
	c.Records.Seen, c.Records.Kept = n, n
	r, err := Build([]*Shard{s}, c, Options{Window: Window{From: at("01T00:00:00"), To: at("31T00:00:00")}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTrend(t *testing.T) {
	f := func(name string, want trend.Kind, seen string, change func(day, n int) int) Trend {
		t.Helper()
		r := judged(t, coverage.Trails{trail: seenOn(seen)}, change, time.Minute)
		if got := r.Groups[0].Trend; got.Kind != want {
			t.Errorf("%s: got %+v, want %s", name, got, want)
		}
		return r.Groups[0].Trend
	}
	all := strings.Repeat("x", 30)
	f("steady", trend.Steady, all, func(_, n int) int { return n })
	began := func(d, n int) int {
		if d < 27 {
			return 0
		}
		return n
	}
	if got := f("new", trend.New, all, began); !got.Onset.Equal(at("28T00:01:00")) || !math.IsNaN(got.Ratio) {
		t.Errorf("new: got %+v", got)
	}
	// The account's trail itself began then.
	f("no past", trend.Sporadic, strings.Repeat(".", 27)+"xxx", began)
	ended := func(d, n int) int {
		if d >= 27 {
			return 0
		}
		return n
	}
	f("stopped", trend.Stopped, all, ended)
	f("not seen is not stopped", trend.Steady, strings.Repeat("x", 27)+"...", ended)
	f("spike", trend.Spike, all, func(d, n int) int {
		if d == 29 {
			return 9 * n
		}
		return n
	})
}

func TestUnseen(t *testing.T) {
	r := judged(t, coverage.Trails{trail: seenOn(strings.Repeat("x", 10) + ".." + strings.Repeat("x", 18))}, func(d, n int) int {
		if d == 10 || d == 11 {
			return 0
		}
		return n
	}, 0)
	if len(r.Gaps) != 2 || len(r.Groups[0].Unseen) != 2 || !r.Groups[0].Unseen[1].Equal(at("12T00:00:00")) || len(r.Warnings) != 1 {
		t.Errorf("gaps %v, of the group %v, warnings %q", r.Gaps, r.Groups[0].Unseen, r.Warnings)
	}
	if got := r.Groups[0].Trend; got.Intervals != 28 || got.Kind != trend.Steady {
		t.Errorf("got %+v", got)
	}
}
