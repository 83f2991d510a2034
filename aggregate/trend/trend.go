// Package trend says what a series of counts does: whether it is new, stopped, spikes,
// rises or falls, or does none of these. It knows counts per interval and nothing about
// what was counted.
//
// Counts of retries, loops and batch jobs come in bursts and follow the working week,
// so tests for independent events would raise false alarms. docs/statistics.md
// describes the methods that are used instead, why, and how well they work.
package trend

import (
	"math"
	"time"
)

// Kind is what a series does.
type Kind string

// The kinds, in order of precedence: a series that is new is not also called a spike.
const (
	New      Kind = "new"      // first seen within twice the recent period
	Stopped  Kind = "stopped"  // used to come, and is silent for longer than chance explains
	Spike    Kind = "spike"    // recent intervals are far above the baseline
	Rising   Kind = "rising"   // over the entire window
	Falling  Kind = "falling"  // over the entire window
	Steady   Kind = "steady"   // none of these, although enough was seen
	Sporadic Kind = "sporadic" // too little was seen to say
)

// Frame is the time that all groups share. It holds only complete intervals. Those that
// the ends of the window cut are left out, because their counts would look low.
type Frame struct {
	Start  time.Time     // of interval 0; a midnight in UTC if Step is a day
	Step   time.Duration // 24 hours or 1 hour
	N      int           // the number of intervals
	Recent int           // how many of the last intervals are recent; less than 1 means 1
}

// Short reports whether the frame is shorter than two weeks. Then it shows only the
// simplest trends: neither rising, falling, nor new things that come once a week can be
// recognized.
func (f Frame) Short() bool { return time.Duration(f.N)*f.Step < 14*day }

// Count is an interval whose count is not zero.
type Count struct{ Index, N int32 }

// Group is the series of one group. Judge only reads it.
type Group struct {
	// Counts holds the frame's intervals that are not zero, by ascending Index.
	Counts []Count
	// Head and Tail count the events in the cut intervals before the first interval of
	// the frame and after the last. They show when a group started and that it did not
	// stop. They are not part of any rate.
	Head, Tail int
	// Begin is the first interval that was watched completely: 0, or later if the
	// group's trail started within the window. What happened before was not seen.
	Begin int
	// Unseen is true for intervals in which nothing could be seen (a gap). It is nil if
	// there is none, and may be shared between groups.
	Unseen []bool
	// Hours is the number of different hours, in UTC, that have events. The same hour
	// of two days counts twice.
	Hours int
}

// Verdict is the result for a group.
type Verdict struct {
	Kind Kind
	// OnsetIndex is the interval in which the new level started: the first one with an
	// event of a new group (N if that is the cut interval at the end), the first silent
	// one of a stopped group, or the first high one of a spike. It is -1 for the other
	// kinds, which have no such moment.
	OnsetIndex int
	// RecentPerDay is the rate of the recent period; for a spike, that of its own
	// intervals; for a new group, that since its start; for a stopped one, zero.
	// BaselinePerDay is what the baseline predicts for the same days of the week.
	RecentPerDay, BaselinePerDay float64
	// Ratio is the first divided by the second, with its 95% interval. It is NaN if the
	// baseline is zero.
	Ratio, RatioLow, RatioHigh float64
	// P belongs to the test that decided the kind. For a steady group it is the
	// smallest of its tests, and for a sporadic one it is 1. Q is P corrected for the
	// number of groups and tests (Benjamini and Hochberg).
	P, Q float64
	// Intervals is the number of watched intervals of the frame.
	Intervals int
}

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// DefaultRecent returns how many of the last intervals are recent if nobody says so. Of
// days, it is three or a tenth of the window, whichever is more. Of hours, it is a
// tenth, and at least one.
func DefaultRecent(window, step time.Duration) int {
	tenth := int(math.Round(float64(window) / 10 / float64(max(step, 1))))
	if step >= day {
		return max(3, tenth)
	}
	return max(1, tenth)
}

const (
	minEvents = 10 // the events that a verdict needs
	minActive = 5  // the number of intervals of the baseline that must not be zero
	maxQ      = 0.02
	// If many groups do have a trend, q lets in more false ones among the others. This
	// limit on p prevents that.
	maxP = 0.001
)
