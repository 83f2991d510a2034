// Package trend says what a series of counts does: whether it is new, stopped,
// spikes, rises, falls, or nothing of that kind. It knows counts per interval
// and nothing of what was counted.
//
// Counts of retries, loops and batch jobs come in bursts and follow the working
// week, so that tests made for independent events raise false alarms. What is
// used instead, why, and how well it does, stands in docs/statistics.md.
package trend

import (
	"math"
	"time"
)

// Kind is what a series does.
type Kind string

// The kinds, in the order in which they take precedence: a series that is new
// is not called a spike as well.
const (
	New      Kind = "new"      // first seen within twice the recent time
	Stopped  Kind = "stopped"  // used to come, and is silent for longer than chance
	Spike    Kind = "spike"    // recent intervals far above the past
	Rising   Kind = "rising"   // over the whole window
	Falling  Kind = "falling"  // over the whole window
	Steady   Kind = "steady"   // none of these, though enough was seen
	Sporadic Kind = "sporadic" // too little was seen to say
)

// Frame is the time that all groups share. It holds whole intervals only: those
// that the window's ends cut are left out, for they would read as low.
type Frame struct {
	Start  time.Time     // of interval 0; a midnight of UTC where Step is a day
	Step   time.Duration // 24 h or 1 h
	N      int           // how many intervals
	Recent int           // how many of the last are recent; less than 1 stands for 1
}

// Short reports whether the frame is too short to find more than the plainest:
// under two weeks. Rising and falling, and new things that come once a week,
// cannot be told in it.
func (f Frame) Short() bool { return time.Duration(f.N)*f.Step < 14*day }

// Count is an interval whose count is not zero.
type Count struct{ Index, N int32 }

// Group is the series of one group. Judge only reads it.
type Group struct {
	// Counts of the frame's intervals that are not zero, by ascending Index.
	Counts []Count
	// Head and Tail count the events in the cut intervals before the first
	// interval of the frame and after the last. They tell when a group began
	// and that it did not stop; they are left out of every rate.
	Head, Tail int
	// Begin is the first interval that was watched from its beginning to its
	// end: 0, or later where the group's trail began within the window. What
	// lies before was not seen.
	Begin int
	// Unseen is true for intervals in which nothing could be seen (a gap). It
	// is nil where there is none, and may be shared between groups.
	Unseen []bool
	// Hours is in how many different hours of UTC events lie: an hour of one
	// day is another than the same hour of the next.
	Hours int
}

// Verdict is what is said of a group.
type Verdict struct {
	Kind Kind
	// OnsetIndex is the interval in which the new level began: the first with
	// an event of a new group (N where that is the cut interval at the end), the
	// first silent one of a stopped group, the first high one of a spike. It is
	// -1 for the other kinds, which have no such moment.
	OnsetIndex int
	// RecentPerDay is the rate of the recent time; of a spike, that of its own
	// intervals; of a new group, since it began; of a stopped one zero.
	// BaselinePerDay is what the past makes expect for the same days of the week.
	RecentPerDay, BaselinePerDay float64
	// Ratio of the two with its 95% interval; NaN where the baseline is zero.
	Ratio, RatioLow, RatioHigh float64
	// P is of the test that named the kind; of a steady group the smallest of
	// its tests, of a sporadic one 1. Q is the same corrected for the number of
	// groups and tests (Benjamini and Hochberg).
	P, Q float64
	// Intervals is how many intervals of the frame were watched.
	Intervals int
}

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// DefaultRecent returns how many of the last intervals are recent where nobody
// says so: of days, three or a tenth of the window, whichever is more; of
// hours, a tenth, at least one.
func DefaultRecent(window, step time.Duration) int {
	tenth := int(math.Round(float64(window) / 10 / float64(max(step, 1))))
	if step >= day {
		return max(3, tenth)
	}
	return max(1, tenth)
}
