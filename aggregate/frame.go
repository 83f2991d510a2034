package aggregate

import (
	"fmt"
	"slices"
	"time"

	"trail403/aggregate/trend"
)

const day = 24 * time.Hour

// dailyFrom is the span from which on trends are judged by whole days, whatever
// the interval of the series: hours of a working week differ too much.
const dailyFrom = 7 * day

// frameOf returns the time that trends are judged in. Where flags set the
// window it is the window; where they leave it open it goes as far as there are
// denials, and on while there are objects day by day: a trail without any denial
// is what shows that something began or stopped.
func (t *table) frameOf(flags Window, recent time.Duration, s *sight) trend.Frame {
	first, last := t.span()
	if first.IsZero() {
		return trend.Frame{}
	}
	from, to := flags.From, flags.To
	if from.IsZero() {
		from = first.Truncate(time.Hour)
		for d := first.Truncate(day).Add(-day); s.has(d); d = d.Add(-day) {
			from = d
		}
	}
	if to.IsZero() {
		to = last.Truncate(time.Hour).Add(time.Hour)
		// The last day with objects may have them only of the day before.
		for d := last.Truncate(day).Add(day); s.has(d) && s.has(d.Add(day)); d = d.Add(day) {
			to = d.Add(day)
		}
	}
	f := trend.Frame{Step: time.Hour}
	if ceil(to, day).Sub(from.Truncate(day)) >= dailyFrom {
		f.Step = day
		// Without a flag a day begins and ends the archive; whether a whole one, the
		// denials tell.
		if flags.From.IsZero() {
			from = from.Truncate(day)
		}
		if flags.To.IsZero() {
			to = ceil(to, day)
		}
	}
	f.Start = ceil(from, f.Step)
	f.N = max(int(to.Truncate(f.Step).Sub(f.Start)/f.Step), 0)
	if f.Step == day {
		t.trim(&f)
	}
	f.Recent = int((recent + f.Step - 1) / f.Step)
	if recent == 0 {
		f.Recent = trend.DefaultRecent(time.Duration(f.N)*f.Step, f.Step)
	}
	f.Recent = min(max(f.Recent, 1), max(f.N, 1))
	return f
}

// shortWarning says that there is too little time to find much.
func shortWarning(f trend.Frame) string {
	n, unit := f.N, "whole day"
	if f.Step < day {
		unit = "whole hour"
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("trends rest on %d %s: in less than two weeks little more than what is new can be told", n, unit)
}

func ceil(t time.Time, step time.Duration) time.Time {
	if d := t.Truncate(step); !d.Equal(t) {
		return d.Add(step)
	}
	return t
}

// What trim goes by: as many other days, with as many denials in the middle one,
// and so much earlier or later than on any of them.
const (
	trimDays    = 13
	trimDenials = 24
	trimMargin  = 2 * time.Hour
)

// trim leaves out a first or last day that the archive has only in part: on the
// last day, denials end hours before they do on any other day. A half day read
// as a whole one would halve a spike.
func (t *table) trim(f *trend.Frame) {
	type span struct {
		first, last time.Duration // of the day
		denials     int
	}
	days := make([]span, f.N)
	t.each(func(r *row) {
		at := time.UnixMicro(r.micros).UTC().Sub(f.Start)
		i := int(at / day)
		if at < 0 || i >= f.N {
			return
		}
		at %= day
		d := &days[i]
		if d.denials == 0 {
			d.first = at
		}
		d.first, d.last = min(d.first, at), max(d.last, at)
		d.denials++
	})
	if f.N < trimDays+2 {
		return
	}
	middle := days[1 : f.N-1]
	var counts []int
	firsts, lasts := time.Duration(0), day
	for _, d := range middle {
		if d.denials > 0 {
			counts = append(counts, d.denials)
			firsts, lasts = max(firsts, d.first), min(lasts, d.last)
		}
	}
	slices.Sort(counts)
	if len(counts) < trimDays || counts[len(counts)/2] < trimDenials {
		return
	}
	if d := days[f.N-1]; d.denials > 0 && d.last+trimMargin < lasts {
		f.N--
	}
	if d := days[0]; d.denials > 0 && d.first-trimMargin > firsts {
		f.Start = f.Start.Add(day)
		f.N--
	}
}
