package group

import (
	"time"

	"trail403/aggregate/trend"
)

// Trend says what a group's series does. See docs/statistics.md.
type Trend struct {
	Kind trend.Kind
	// Onset is the time of the first denial of the new level, or zero where the kind
	// has none.
	Onset time.Time
	// RecentPerDay and BaselinePerDay are means. Ratio is the first divided by the
	// second, with a 95% interval, or NaN where the baseline is zero.
	RecentPerDay, BaselinePerDay float64
	Ratio, RatioLow, RatioHigh   float64
	// P belongs to the test that decided the kind. Q is P corrected for the number of
	// groups.
	P, Q      float64
	Intervals int // how many were judged
	Changes   []Link
}

// Link is a change that touched what a group or an incident is about, before its
// onset or after its end. It says what came when, not what caused it.
type Link struct {
	Change int // index in Result.Changes
	// Lag is the time from the change to the onset, which is not negative; or from the
	// last denial to the change, which is negative where denials continued for a
	// moment.
	Lag time.Duration
}
