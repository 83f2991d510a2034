package window

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Interval is the length of one step of a series. Intervals start at whole multiples
// of it: at UTC hours and days, and weeks on Monday.
type Interval time.Duration

// The intervals that are chosen from if none is asked for.
const (
	Hour Interval = Interval(time.Hour)
	Day           = 24 * Hour
	Week          = 7 * Day
)

// ParseInterval reads an interval such as 1h, 6h, 1d or 7d: a number of hours that
// divides a day, or whole days.
func ParseInterval(s string) (Interval, error) {
	digits := strings.TrimRight(s, "hd")
	n, err := strconv.Atoi(digits)
	unit := s[len(digits):]
	switch {
	case err != nil || n <= 0:
	case unit == "h" && n <= 24 && 24%n == 0:
		return Interval(n) * Hour, nil
	case unit == "d" && n <= 366:
		return Interval(n) * Day, nil
	}
	return 0, fmt.Errorf("invalid interval %q", s)
}

// String returns a text such as 1h, 1d or 7d, which ParseInterval reads.
func (i Interval) String() string {
	if i%Day == 0 {
		return fmt.Sprintf("%dd", i/Day)
	}
	return fmt.Sprintf("%dh", i/Hour)
}

// Start returns the start of the interval that t is in.
func (i Interval) Start(t time.Time) time.Time {
	// Truncate counts from a Monday, January 1 of the year 1.
	return t.UTC().Truncate(time.Duration(i))
}

// Next returns the start of the interval after the one that t is in.
func (i Interval) Next(t time.Time) time.Time { return i.Start(t).Add(time.Duration(i)) }

// autoInterval chooses the interval for a length of time.
func autoInterval(span time.Duration) Interval {
	switch {
	case span <= 3*time.Duration(Day):
		return Hour
	case span <= 120*time.Duration(Day):
		return Day
	}
	return Week
}
