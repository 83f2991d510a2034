package sight

import (
	"strings"
	"testing"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// at is a time of the test month.
func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, "2026-10-"+s+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

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

func TestGaps(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	// f looks for the gaps of the first trail; gaps are marked ! in want.
	f := func(want string, others ...string) {
		t.Helper()
		seen := coverage.Trails{{Account: "111122223333", Region: "us-east-1"}: seenOn(want)}
		for i, o := range others {
			seen[source.Place{Account: "444455556666", Region: string(rune('a' + i))}] = seenOn(o)
		}
		from := at("01T00:00:00")
		got := []byte(strings.ReplaceAll(want, "!", "."))
		for _, g := range gapsOf(seen, from, from.Add(time.Duration(len(want))*day)) {
			if g.Account == "111122223333" {
				got[int(g.Day.Sub(from)/day)] = '!'
			}
		}
		if string(got) != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
	f(x(30))
	f(x(13) + "!" + x(1))    // fourteen others
	f(x(12) + "." + x(1))    // thirteen
	f(x(10) + "!!!" + x(20)) // one outage of three days
	f(x(10) + "!" + x(9) + "!" + x(9))
	f(strings.Repeat("xx.", 10)) // a trail with quiet days
	f(strings.Repeat("xxxxx..", 5))
	// A trail that begins later has no gap before.
	f("......" + x(20) + "!" + x(3))
	// At the end: everything ended, so nothing more was seen.
	f(x(27)+"!!!", x(27)+"...")
	f(x(27) + "!!!")
	// Others go on: this one may have nothing to tell any more. A day is missed soon,
	// five of thirty may be rest, three of ninety are not.
	f(x(29)+"!", x(30))
	f(x(25)+".....", x(30))
	f(x(87)+"!!!", x(90))
	f(x(25)+".....", x(28)+"..")
	f(x(27)+"!!!", x(28)+"..")
	f("..............................", x(30))
}
