package spark

import (
	"testing"
	"time"
	"unicode/utf8"

	"trail403/aggregate"
)

func TestSparkline(t *testing.T) {
	f := func(name string, w aggregate.Window, want string, points ...aggregate.Point) {
		t.Helper()
		if got := New(w).Line(points, nil); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	window := func(from, to time.Time, i aggregate.Interval) aggregate.Window {
		return aggregate.Window{From: from, To: to, Interval: i}
	}
	at := func(d, n int) aggregate.Point { return aggregate.Point{Start: date(2026, 10, d), Denials: n} }
	week := window(date(2026, 10, 5), date(2026, 10, 12), aggregate.Day)

	f("nothing", week, "·······")
	f("levels", window(date(2026, 10, 1), date(2026, 10, 9), aggregate.Day), "▁▂▃▄▅▆▇█",
		at(1, 1), at(2, 2), at(3, 3), at(4, 4), at(5, 5), at(6, 6), at(7, 7), at(8, 8))
	f("all alike", week, "███████", at(5, 3), at(6, 3), at(7, 3), at(8, 3), at(9, 3), at(10, 3), at(11, 3))
	f("zero counts", week, "·█·····", at(5, 0), at(6, 2), at(7, 0))
	f("a huge spike leaves the rest seen", week, "▁▁··█··", at(5, 1), at(6, 2), at(9, 1_000_000_000))
	f("one interval", window(date(2026, 10, 5), date(2026, 10, 6), aggregate.Day), "█", at(5, 1))
	f("part of an interval", window(date(2026, 10, 5).Add(7*time.Hour), date(2026, 10, 5).Add(8*time.Hour), aggregate.Day), "█", at(5, 1))
	f("outside the window", week, "·······", at(1, 5), at(12, 5), at(31, 5))
	f("half outside", week, "█······", at(4, 100), at(5, 1), at(12, 100))
	f("no window", aggregate.Window{Interval: aggregate.Day}, "", at(1, 1))
	f("window open at its end", window(date(2026, 10, 5), time.Time{}, aggregate.Day), "")
	f("window that ends before it begins", window(date(2026, 10, 12), date(2026, 10, 5), aggregate.Day), "", at(6, 1))
	f("a span longer than a time.Duration", window(date(1, 1, 1), date(2999, 1, 1), aggregate.Week), "", at(6, 1))

	// 31 days are 15 characters of two days and one of one day. It is the first: what
	// continues must not look as if it had halved.
	var steady []aggregate.Point
	for d := range 31 {
		steady = append(steady, at(d+1, 10))
	}
	month := window(date(2026, 10, 1), date(2026, 11, 1), aggregate.Day)
	f("wider than a character an interval", month, "▄███████████████", steady...)
	f("two intervals in a character", month, "█·█▄············", at(1, 2), at(4, 1), at(5, 1), at(6, 1))
	f("the last two", month, "···············█", at(30, 1), at(31, 1))
}

// The bars that are of less time than the others are named.
func TestEdges(t *testing.T) {
	f := func(from, to time.Time, i aggregate.Interval, want string) {
		t.Helper()
		if got := New(aggregate.Window{From: from, To: to, Interval: i}).Edges(); string(got) != want {
			t.Errorf("%v to %v: got %q, want %q", from, to, got, want)
		}
	}
	hour := func(d, h int) time.Time { return date(2026, 10, d).Add(time.Duration(h) * time.Hour) }
	f(date(2026, 10, 1), date(2026, 10, 31), aggregate.Day, "")
	f(date(2026, 10, 1), date(2026, 11, 1), aggregate.Day, " The first bar covers only 1 day.")
	f(hour(1, 14), date(2026, 10, 22), aggregate.Day, " The first bar covers only 10 hours.")
	f(hour(1, 14), date(2026, 10, 31), aggregate.Day, " The first bar covers only 34 hours.")
	f(date(2026, 10, 1), hour(30, 6), aggregate.Day, " The last bar covers only 30 hours.")
	f(hour(1, 14), hour(8, 14), aggregate.Day, " The first bar covers only 10 hours, and the last covers only 14 hours.")
	f(hour(1, 14).Add(12*time.Minute), hour(2, 13), aggregate.Hour, " The first bar covers only 48 minutes.")
	f(date(2026, 10, 5), date(2026, 10, 5).AddDate(0, 0, 77), 7*aggregate.Day, "")
	f(hour(5, 3), hour(5, 4), aggregate.Day, "") // there is no other to compare with
	f(time.Time{}, time.Time{}, aggregate.Day, "")
}

// Time that was not seen is no zero.
func TestSparklineUnseen(t *testing.T) {
	f := func(w aggregate.Window, want string, unseen ...time.Time) {
		t.Helper()
		points := []aggregate.Point{{Start: date(2026, 10, 5), Denials: 4}, {Start: date(2026, 10, 6), Denials: 8}}
		if got := New(w).Line(points, unseen); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	week := aggregate.Window{From: date(2026, 10, 5), To: date(2026, 10, 12), Interval: aggregate.Day}
	f(week, "▄█?··??", date(2026, 10, 5), date(2026, 10, 7), date(2026, 10, 10), date(2026, 10, 11), date(2026, 10, 12))
	f(aggregate.Window{From: week.From, To: date(2026, 10, 7), Interval: 6 * aggregate.Hour}, "▄···█???", date(2026, 10, 6))
	f(aggregate.Window{From: week.From, To: date(2026, 10, 19), Interval: aggregate.Week}, "█?", date(2026, 10, 13))
}

func TestSparklineWidth(t *testing.T) {
	for n := 1; n < 2000; n++ {
		s := New(aggregate.Window{From: date(2026, 1, 1), To: date(2026, 1, 1).Add(time.Duration(n) * time.Hour), Interval: aggregate.Hour})
		last := aggregate.Point{Start: date(2026, 1, 1).Add(time.Duration(n-1) * time.Hour), Denials: 1}
		got := s.Line([]aggregate.Point{last}, nil)
		if width := utf8.RuneCountInString(got); width != s.width || width > mostWidth || width*s.per < n {
			t.Fatalf("%d intervals: width %d of %d, %d in a character", n, width, s.width, s.per)
		}
		if r, _ := utf8.DecodeLastRuneInString(got); r != '█' {
			t.Fatalf("%d intervals: the last one is not at the end of %q", n, got)
		}
	}
}

func TestPerCharacter(t *testing.T) {
	f := func(intervals int, i aggregate.Interval, want string) {
		t.Helper()
		w := aggregate.Window{From: date(2026, 10, 5), To: date(2026, 10, 5).Add(time.Duration(intervals) * time.Duration(i)), Interval: i}
		if got := New(w).PerCharacter(); string(got) != want {
			t.Errorf("%d intervals of %s: got %q, want %q", intervals, i, got, want)
		}
	}
	f(1, aggregate.Hour, "hour")
	f(24, aggregate.Hour, "hour")
	f(25, aggregate.Hour, "2 hours")
	f(110, aggregate.Hour, "6 hours") // not 5: they would begin at another hour each day
	f(72, aggregate.Hour, "3 hours")
	f(24*24, aggregate.Hour, "day")
	f(4, 6*aggregate.Hour, "6 hours")
	f(24, aggregate.Day, "day")
	f(31, aggregate.Day, "2 days")
	f(24*7, aggregate.Day, "week")
	f(10, 14*aggregate.Day, "2 weeks")
	f(52, aggregate.Week, "3 weeks")
	f(10, 30*aggregate.Day, "30 days")
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
