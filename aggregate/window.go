package aggregate

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Window is the time that a report is about, half-open, UTC. From and To are
// zero where neither a flag nor a denial sets them.
type Window struct {
	From, To time.Time
	Interval Interval
}

// Interval is the length of one step of a series. Intervals begin at whole
// multiples of it: hours and days of UTC, weeks on Monday.
type Interval time.Duration

// Intervals that --interval auto chooses from.
const (
	Hour Interval = Interval(time.Hour)
	Day           = 24 * Hour
	Week          = 7 * Day
)

// ParseInterval reads 1h, 6h, 1d, 7d and the like: hours that divide a day, or
// whole days.
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

// String returns 1h, 1d, 7d and the like, which ParseInterval reads.
func (i Interval) String() string {
	if i%Day == 0 {
		return fmt.Sprintf("%dd", i/Day)
	}
	return fmt.Sprintf("%dh", i/Hour)
}

// Start returns the beginning of the interval that t lies in.
func (i Interval) Start(t time.Time) time.Time {
	// Truncate counts from Monday, 1 January of the year 1.
	return t.UTC().Truncate(time.Duration(i))
}

// Next returns the beginning of the interval after the one that t lies in.
func (i Interval) Next(t time.Time) time.Time { return i.Start(t).Add(time.Duration(i)) }

// autoInterval chooses the interval for a span of time.
func autoInterval(span time.Duration) Interval {
	switch {
	case span <= 3*time.Duration(Day):
		return Hour
	case span <= 120*time.Duration(Day):
		return Day
	}
	return Week
}

// complete fills what the options leave open from the first and last denial,
// which are zero if there are none.
func (w Window) complete(first, last time.Time) Window {
	from, to := w.From, w.To
	if from.IsZero() {
		from = first
	}
	if to.IsZero() {
		to = last
	}
	if w.Interval == 0 {
		w.Interval = autoInterval(max(to.Sub(from), 0))
		if from.IsZero() || to.IsZero() {
			w.Interval = Day
		}
	}
	if w.From.IsZero() && !first.IsZero() {
		w.From = w.Interval.Start(first)
	}
	if w.To.IsZero() && !last.IsZero() {
		w.To = w.Interval.Next(last)
	}
	return w
}

// Intervals returns how many intervals the window touches.
func (w Window) Intervals() int {
	if w.From.IsZero() || w.To.IsZero() {
		return 0
	}
	from := w.Interval.Start(w.From)
	return int((w.To.Sub(from) + time.Duration(w.Interval) - 1) / time.Duration(w.Interval))
}

// Index returns which of the window's intervals t lies in, counted from 0.
func (w Window) Index(t time.Time) int {
	return int(t.Sub(w.Interval.Start(w.From)) / time.Duration(w.Interval))
}
