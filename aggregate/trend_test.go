package aggregate

import (
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

const day = 24 * time.Hour

// seenOn makes a trail's days of a picture: x is a day with objects, the first
// being 1 October 2026.
func seenOn(picture string) *coverage.Days {
	var times []time.Time
	for i, c := range picture {
		if c == 'x' {
			times = append(times, at("01T00:00:00").Add(time.Duration(i)*day+time.Hour))
		}
	}
	return coverage.NewDays(times...)
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
	if len(r.Gaps) != 2 || len(r.Groups[0].Unseen) != 2 || !r.Groups[0].Unseen[1].Equal(at("12T00:00:00")) {
		t.Errorf("gaps %v, of the group %v", r.Gaps, r.Groups[0].Unseen)
	}
	if got := r.Groups[0].Trend; got.Intervals != 28 || got.Kind != trend.Steady {
		t.Errorf("got %+v", got)
	}
}
