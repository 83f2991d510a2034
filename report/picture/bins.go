package picture

import (
	"time"

	"trail403/aggregate"
)

// maxBins is how many intervals a timeline draws at most. More are drawn together.
const maxBins = 180

// Bins divide a window into the parts that a timeline draws, each of so many intervals.
type Bins struct {
	window aggregate.Window
	Per, N int
}

// BinsOf divides the window of a report. N is zero if the window has no length.
func BinsOf(w aggregate.Window) Bins {
	if w.From.IsZero() || w.To.IsZero() || w.Interval <= 0 {
		return Bins{window: w, Per: 1}
	}
	intervals := max(w.Intervals(), 0)
	per := max((intervals+maxBins-1)/maxBins, 1)
	return Bins{window: w, Per: per, N: (intervals + per - 1) / per}
}

// Start is when the first bin starts.
func (b Bins) Start() time.Time { return b.window.Interval.Start(b.window.From).UTC() }

// Step is how long a bin is.
func (b Bins) Step() time.Duration { return time.Duration(b.Per) * time.Duration(b.window.Interval) }

// At returns the bin of the start of an interval. It is false for one outside the window.
func (b Bins) At(start time.Time) (int, bool) {
	i := b.window.Index(start) / b.Per
	return i, b.window.Index(start) >= 0 && i < b.N
}

// Counts returns the denials of a series, one number a bin.
func (b Bins) Counts(series []aggregate.Point) []int {
	counts := make([]int, b.N)
	for _, p := range series {
		if i, ok := b.At(p.Start); ok {
			counts[i] += p.Denials
		}
	}
	return counts
}
