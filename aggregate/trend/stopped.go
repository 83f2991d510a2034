package trend

import (
	"math"
	"time"
)

// silence is the test of whether a group stopped.
type silence struct {
	p    float64
	from int // position of the first silent interval
}

// findSilence tests the zeros at the end of a series. The silence has to be
// longer than chance at the group's level, and long beside those that the group
// had before: a group that sleeps at weekends, or came in a few bursts, was
// silent before and came back.
func findSilence(f Frame, s *series, g *Group, m measured, known func() *dispersion) silence {
	result := silence{p: 1, from: s.end}
	silent := len(s.at) - s.end
	least := 3
	if f.Step < day {
		least = int(day / max(f.Step, time.Hour)) // nights are silent
	}
	if m.n == 0 || g.Tail > 0 || silent < max(least, 2*longestSilence(s)) {
		return result
	}
	// A group that falls is quieter at the end than on the mean.
	const late = 14
	level := m.level
	from := max(0, s.past()-late)
	sum, weight := 0.0, 0.0
	for i := from; i < s.past(); i++ {
		sum += s.x[i]
		weight += s.w[i]
	}
	if weight > 0 {
		level = min(level, sum/weight)
	}
	n := float64(s.past() - from)
	result.p = 0
	d := known()
	for k, w := range d.weight {
		// Each interval is zero with probability (1 + φ·mean)^(-1/φ); the mean of
		// all over an uncertain level.
		exposure := 0.0
		for i := s.end; i < len(s.at); i++ {
			exposure += math.Log1p(d.phi[k]*level*s.w[i]) / d.phi[k]
		}
		unsure := (d.phi[k] + 1/level) / n
		result.p += w * math.Exp(-math.Log1p(unsure*exposure)/unsure)
	}
	return result
}

// longestSilence returns the longest run of zeros before the last event.
func longestSilence(s *series) (longest int) {
	run := 0
	for _, x := range s.x[:s.end] {
		if run++; x > 0 {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}
