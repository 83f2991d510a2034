package trend

import (
	"math"
	"time"
)

// findSilence tests the zeros at the end of a series. The silence must be longer than
// chance at the group's level, and long compared to the earlier silences of the group:
// a group that sleeps on weekends, or comes in a few bursts, was silent before and came
// back. gone is true for a silent group that came for so short a time that it never had
// a habit to stop.
func findSilence(f Frame, s *series, g *Group, m measured, known func() *dispersion) (p float64, gone bool) {
	silent := len(s.at) - s.end
	least := 3
	if f.Step < day {
		least = perDay(f) // nights are silent
	}
	if g.Tail > 0 || silent < least {
		return 1, false
	}
	came := s.at[s.end-1] - s.at[0] + 1
	if time.Duration(came)*f.Step <= week || came < silent {
		return 1, true
	}
	if silent < 2*longestSilence(s) {
		return 1, false
	}
	// A falling group is quieter at the end than on average.
	const late = 14
	sum, weight := 0.0, 0.0
	n := min(late, s.past())
	for i := s.past() - n; i < s.past(); i++ {
		sum += s.x[i]
		weight += s.w[i]
	}
	level := min(m.level, sum/weight)
	d := known()
	for k, phi := range d.phi {
		// Each interval is zero with probability (1 + φ·mean)^(-1/φ). Then take the
		// mean over the level, which is itself an estimate.
		exposure := 0.0
		for i := s.end; i < len(s.at); i++ {
			exposure += math.Log1p(phi*level*s.w[i]) / phi
		}
		unsure := (phi + 1/level) / float64(n)
		p += d.weight[k] * math.Exp(-math.Log1p(unsure*exposure)/unsure)
	}
	return p, false
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
