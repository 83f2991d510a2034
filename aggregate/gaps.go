package aggregate

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// Gap is a whole UTC day on which nothing was read of a trail that else has
// objects every day: what happened then is not known, and not zero.
type Gap struct {
	Account string
	Region  string
	Day     time.Time // its begin
}

// A day can only be a gap in a trail that has this many other days, and objects
// on this share of them.
const (
	gapDays  = 14
	gapShare = 0.95
)

// gapsOf finds the gaps of all trails in the whole days of [from, to), by
// account, Region and day.
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
// The share is that of the other days. Days of the same outage do not speak
// against each other: not where objects came again behind it, nor where no trail
// has any. But at the end, where others go on, a trail may as well have ended,
// and what it showed has stopped.
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

func daysBetween(from, to time.Time) (list []time.Time) {
	for at := from; at.Before(to); at = at.Add(day) {
		list = append(list, at)
	}
	return list
}

// gapWarnings words the gaps: a line for each run of days, with how many trails
// it is about.
func gapWarnings(gaps []Gap) (warnings []string) {
	type run struct{ from, to time.Time }
	runs := map[run][]source.Place{}
	for i := 0; i < len(gaps); {
		n := 1
		for i+n < len(gaps) && gaps[i+n] == (Gap{gaps[i].Account, gaps[i].Region, gaps[i].Day.Add(time.Duration(n) * day)}) {
			n++
		}
		r := run{gaps[i].Day, gaps[i+n-1].Day}
		runs[r] = append(runs[r], source.Place{Account: gaps[i].Account, Region: gaps[i].Region})
		i += n
	}
	order := make([]run, 0, len(runs))
	for r := range runs {
		order = append(order, r)
	}
	slices.SortFunc(order, func(a, b run) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
	for _, r := range order {
		when := "on " + r.from.Format(time.DateOnly)
		if r.from != r.to {
			when = "from " + r.from.Format(time.DateOnly) + " to " + r.to.Format(time.DateOnly)
		}
		where := runs[r]
		whose := where[0].Account + " in " + where[0].Region
		if n := len(where); n > 1 {
			whose = fmt.Sprintf("%d accounts and Regions, %s among them,", n, whose)
		}
		warnings = append(warnings, fmt.Sprintf("no object of %s was read %s (UTC), though there are some on other days: what S3 refused then is not known and is left out of the trends", whose, when))
	}
	return warnings
}
