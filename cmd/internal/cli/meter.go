package cli

import (
	"fmt"
	"time"
)

// meter measures how fast a run reads. It starts with the first object that is done: the
// time before, in which sources are opened and listed, says nothing about reading.
type meter struct {
	begun   bool
	start   time.Time
	base    int64 // bytes that were done at the start
	samples []sample
}

type sample struct {
	at   time.Time
	done int64
}

// A rate is that of the last seconds. What is left is estimated from all of the run, since
// an estimate that jumps helps nobody.
const (
	rateOver   = 5 * time.Second
	firstRate  = 500 * time.Millisecond
	firstGuess = 3 * time.Second
)

// add notes how many bytes are done at a time.
func (m *meter) add(now time.Time, done int64) {
	if !m.begun {
		if done == 0 {
			return
		}
		m.begun, m.start, m.base = true, now, done
	}
	m.samples = append(m.samples, sample{now, done})
	for len(m.samples) > 2 && now.Sub(m.samples[1].at) >= rateOver {
		m.samples = m.samples[1:]
	}
}

// rate returns the bytes per second of the last seconds, 0 while too little was seen.
func (m *meter) rate() float64 {
	if len(m.samples) < 2 {
		return 0
	}
	first, last := m.samples[0], m.samples[len(m.samples)-1]
	if last.at.Sub(first.at) < firstRate {
		return 0
	}
	return float64(last.done-first.done) / last.at.Sub(first.at).Seconds()
}

// left says about how long the rest takes, "" while that cannot be known.
func (m *meter) left(total int64) string {
	if len(m.samples) < 2 {
		return ""
	}
	last := m.samples[len(m.samples)-1]
	took, done := last.at.Sub(m.start), last.done-m.base
	if took < firstGuess || done <= 0 || total <= last.done {
		return ""
	}
	rest := time.Duration(float64(total-last.done) / float64(done) * float64(took))
	switch {
	case rest < 0 || rest > 99*time.Hour:
		return ""
	case rest < 10*time.Second:
		return "a few seconds left"
	case rest < time.Minute:
		return fmt.Sprintf("about %d seconds left", int(rest.Round(10*time.Second).Seconds()))
	case rest < 2*time.Hour:
		return fmt.Sprintf("about %s left", counted(int(rest.Round(time.Minute).Minutes()), "minute"))
	}
	return fmt.Sprintf("about %s left", counted(int(rest.Round(time.Hour).Hours()), "hour"))
}
