package trend

import "math"

const (
	leastSlope = 2   // a rise is at least this factor over the window
	leastTrend = 10  // intervals that a trend needs
	sleeps     = 0.1 // of the mean: days that have less say nothing about a trend
	speaks     = 0.05
)

// slope is the test of whether a group rises or falls over the window.
type slope struct {
	p                float64
	up               bool
	intercept, slope float64 // of the line, in counts of a mean weekday
}

// at returns the level of the line at interval i.
func (l *slope) at(i int) float64 { return l.intercept + l.slope*float64(i) }

// findSlope tests for a monotonic trend. It uses Mann–Kendall on residuals that are
// comparable between weekdays, Hamed and Rao because consecutive days are alike, and
// Theil–Sen for the size.
func findSlope(s *series, phi, grown float64, mem *memory) slope {
	result := slope{p: 1}
	level := levelOf(s)
	if level == 0 {
		return result
	}
	mem.y = residuals(mem.y[:0], s, &slope{intercept: level}, level, phi)
	if len(mem.y) < leastTrend {
		return result
	}
	var k, variance float64
	k, variance, mem.scratch = mannKendall(mem.y, mem.scratch)
	p := kendallP(k, variance)
	if p > speaks {
		return result
	}
	mem.t, mem.y = points(mem.t[:0], mem.y[:0], s)
	result.slope, result.intercept = theilSen(mem.t, mem.y, mem)
	result.up = k > 0
	begin, end := result.at(s.at[0]), result.at(s.at[len(s.at)-1])
	if !result.up {
		begin, end = end, begin
	}
	if end <= 0 || begin > 0 && end < leastSlope*begin {
		return result
	}
	mem.y = residuals(mem.y[:0], s, &result, level, phi)
	result.p = kendallP(k, variance*max(grown, hamedRao(mem.y)))
	return result
}

// levelOf returns the mean count of a mean weekday, over the intervals that say
// something about a trend.
func levelOf(s *series) float64 {
	sum, weight := 0.0, 0.0
	for i := range s.at {
		if s.w[i] >= sleeps {
			sum += s.x[i]
			weight += s.w[i]
		}
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

// residuals appends how far the counts are from the line, in standard deviations of
// counts around the level, so that they are comparable between weekdays.
func residuals(to []float64, s *series, line *slope, level, phi float64) []float64 {
	for i := range s.at {
		if s.w[i] >= sleeps {
			mean := level * s.w[i]
			to = append(to, (s.x[i]-line.at(s.at[i])*s.w[i])/math.Sqrt(mean+phi*mean*mean))
		}
	}
	return to
}

// points appends the times of the intervals to t, and to y the counts that they would
// have on a mean weekday.
func points(t, y []float64, s *series) (times, counts []float64) {
	for i := range s.at {
		if s.w[i] >= sleeps {
			t = append(t, float64(s.at[i]))
			y = append(y, s.x[i]/s.w[i])
		}
	}
	return t, y
}
