package window

import (
	"testing"
	"time"
)

// at is a time of the test month.
func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, "2026-10-"+s+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

func TestParseInterval(t *testing.T) {
	good := func(s string, want Interval) {
		t.Helper()
		if got, err := ParseInterval(s); err != nil || got != want || got.String() != s {
			t.Errorf("%s: %v, %v", s, got, err)
		}
	}
	good("1h", Hour)
	good("6h", 6*Hour)
	good("1d", Day)
	good("7d", Week)
	for _, s := range []string{"", "h", "0h", "-1h", "5h", "48h", "1m", "1hd", "1", "367d", "1.5d", "99999999999999999999d"} {
		if got, err := ParseInterval(s); err == nil {
			t.Errorf("%q is taken as %v", s, got)
		}
	}
}

func TestIntervalStart(t *testing.T) {
	f := func(i Interval, in, want string) {
		t.Helper()
		if got := i.Start(at(in)); !got.Equal(at(want)) {
			t.Errorf("%v of %s begins at %s", i, in, got)
		}
	}
	f(Hour, "07T13:59:59", "07T13:00:00")
	f(6*Hour, "07T13:59:59", "07T12:00:00")
	f(Day, "07T00:00:00", "07T00:00:00")
	f(Week, "11T23:59:59", "05T00:00:00") // 5 October 2026 is a Monday
	f(Week, "12T00:00:00", "12T00:00:00")
}
