package sight

import (
	"cmp"
	"slices"
	"time"

	"trail403/ingest/coverage"
)

// Gap is an entire UTC day on which nothing was read of a trail that otherwise has
// objects every day. What happened then is not known, which is not the same as zero.
type Gap struct {
	Account string
	Region  string
	Day     time.Time // its start
}

// A day can be a gap only in a trail that has this many other days, and objects on
// this share of them.
const (
	gapDays  = 14
	gapShare = 0.95
)

// gapsOf finds the gaps of all trails in the entire days of [from, to), by account,
// Region and day.
func gapsOf(seen coverage.Trails, from, to time.Time) (gaps []Gap) {
	from, to = ceil(from, day), to.Truncate(day)
	silent := func(at time.Time) bool {
		for _, days := range seen {
			if days.Has(at) {
				return false
			}
		}
		return true
	}
	quiet := map[time.Time]bool{} // days on which no trail has objects
	for _, at := range daysBetween(from, to) {
		quiet[at] = silent(at)
	}
	for p, days := range seen {
		for _, at := range missing(days, from, to, quiet) {
			gaps = append(gaps, Gap{p.Account, p.Region, at})
		}
	}
	slices.SortFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), a.Day.Compare(b.Day))
	})
	return gaps
}

// missing returns the gaps of one trail, from its first day on.
//
// The share counts only the days outside the outage that a day belongs to, which is
// days in a row without objects that objects follow, or during which no trail has any.
// At the end, while other trails continue, this trail may instead have ended, so that
// what it showed has stopped: there each day counts against the others.
func missing(days *coverage.Days, from, to time.Time, quiet map[time.Time]bool) (gaps []time.Time) {
	if first := days.First(); first.After(from) {
		from = first
	}
	total, have := 0, 0
	last := from
	for _, at := range daysBetween(from, to) {
		total++
		if days.Has(at) {
			have++
			last = at
		}
	}
	isGap := func(outage int) bool {
		others := total - outage
		return others >= gapDays && float64(have) >= gapShare*float64(others)
	}
	for at := from; at.Before(last); at = at.Add(day) {
		first := at
		for !days.Has(at) {
			at = at.Add(day)
		}
		if outage := int(at.Sub(first) / day); isGap(outage) {
			gaps = append(gaps, daysBetween(first, at)...)
		}
	}
	rest := daysBetween(last.Add(day), to)
	ended := 0
	for _, at := range rest {
		if quiet[at] {
			ended++
		}
	}
	for _, at := range rest {
		if quiet[at] && isGap(ended) || !quiet[at] && isGap(ended+1) {
			gaps = append(gaps, at)
		}
	}
	return gaps
}
