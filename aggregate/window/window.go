// Package window holds the time that a report is about and the intervals that it is
// divided into. Its files, each using only those before it:
//
//  1. interval.go: the length of one step, and where steps start.
//  2. window.go: from when to when.
package window

import "time"

// Window is the time that a report is about, half-open, UTC. From and To are zero
// while neither an option nor a denial sets them.
type Window struct {
	From, To time.Time
	Interval Interval
}

// DailyFrom is the length of the shortest window whose trends are judged by days, whatever
// the interval of the series: the hours of a working week differ too much.
const DailyFrom = 7 * 24 * time.Hour

// IsDaily says whether the window is so long that trends are judged by whole days
// and compared by day of the week.
func (w Window) IsDaily() bool { return w.To.Sub(w.From) >= DailyFrom }

// Complete fills in what is not set, from the first and last denial, which are zero
// if there are none.
func (w Window) Complete(first, last time.Time) Window {
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

// Index returns which of the window's intervals t is in, counted from 0.
func (w Window) Index(t time.Time) int {
	return int(t.Sub(w.Interval.Start(w.From)) / time.Duration(w.Interval))
}
