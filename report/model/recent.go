package model

import (
	"time"

	"trail403/aggregate"
)

// latest returns when the last denial came.
func latest(r *aggregate.Result) (last time.Time) {
	for i := range r.Groups {
		if at := r.Groups[i].LastSeen; at.After(last) {
			last = at
		}
	}
	return last
}

// recent is the recent period, from the start of an interval to the last denial.
type recent struct{ from, to time.Time }

// holds says whether a last denial is recent.
func (p recent) holds(last time.Time) bool { return !last.Before(p.from) }

// fades says whether something that had so many denials since first, and so many
// recent ones, has nearly ended: its recent rate is below a fifth of the rate
// before. With fewer than ten denials before, a rate says little.
func (p recent) fades(denials, recently int, first time.Time) bool {
	before := denials - recently
	if recently == 0 || before < 10 || !first.Before(p.from) {
		return false
	}
	rate := func(n int, d time.Duration) float64 { return float64(n) / max(d.Hours(), 1) }
	return 5*rate(recently, p.to.Sub(p.from)) < rate(before, p.from.Sub(first))
}

// of counts the recent denials of the groups.
func (p recent) of(groups []*aggregate.Group) (n int) {
	for _, g := range groups {
		n += g.Recent
	}
	return n
}
