package json

import (
	"math"
	"strconv"
	"time"

	"trail403/aggregate"
)

// Trend is how the denials of a group develop. What does not apply is null.
type Trend struct {
	Kind           string     `json:"kind"`
	Onset          *time.Time `json:"onset"`
	RecentPerDay   *float64   `json:"recent_per_day"`
	BaselinePerDay *float64   `json:"baseline_per_day"`
	Ratio          *float64   `json:"ratio"`
	RatioLow       *float64   `json:"ratio_low"`
	RatioHigh      *float64   `json:"ratio_high"`
	P              *float64   `json:"p"`
	Q              *float64   `json:"q"`
	Intervals      int        `json:"intervals"`
	Changes        []Link     `json:"changes"`
}

// trendOf returns a group's trend as JSON has it. What does not apply is null.
func trendOf(r *aggregate.Result, t *aggregate.Trend) Trend {
	out := Trend{
		Kind: string(t.Kind), RecentPerDay: digits(t.RecentPerDay), BaselinePerDay: digits(t.BaselinePerDay),
		Ratio: digits(t.Ratio), RatioLow: digits(t.RatioLow), RatioHigh: digits(t.RatioHigh),
		P: digits(t.P), Q: digits(t.Q), Intervals: t.Intervals, Changes: linksOf(r, t.Changes),
	}
	if !t.Onset.IsZero() {
		out.Onset = &t.Onset
	}
	return out
}

// digits rounds to four digits that mean something, so that machines that round
// sums differently write the same; null represents NaN and infinity.
func digits(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64); err == nil {
		x = rounded
	}
	return &x
}
