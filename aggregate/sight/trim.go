package sight

import (
	"slices"
	"time"

	"trail403/aggregate/rows"
	"trail403/aggregate/trend"
)

// trim needs this many other days, with this many denials on the median day, and
// leaves out a day whose denials start or end this much later or earlier than on any
// of them.
const (
	trimDays    = 13
	trimDenials = 24
	trimMargin  = 2 * time.Hour
)

// trim leaves out a first or last day of which the archive has only a part: denials
// end hours before they do on any other day, or start hours after. A half day that is
// taken for an entire one would halve a spike.
func trim(t *rows.Table, f *trend.Frame) {
	type span struct {
		first, last time.Duration // of the day
		denials     int
	}
	days := make([]span, f.N)
	t.Each(func(r *rows.Row) {
		at := time.UnixMicro(r.Micros).UTC().Sub(f.Start)
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
