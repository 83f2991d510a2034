package coverage

import (
	"slices"
	"strings"
	"time"

	"trail403/ingest/source"
)

// Trails says of each trail on which days objects of it were read, as far as
// their names tell. What happened on another day is unknown, not zero.
type Trails map[source.Place]*Days

// add notes that an object was read.
func (t *Trails) add(told *source.Told) {
	if day, ok := told.Day(); ok && isTrailYear(day) {
		t.days(told.Place).add(dayNumber(day))
	}
}

// merge adds the days of another set of trails.
func (t *Trails) merge(o Trails) {
	for p, days := range o {
		d := t.days(p)
		for n := range days.all {
			d.add(n)
		}
	}
}

func (t *Trails) days(p source.Place) *Days {
	if *t == nil {
		*t = Trails{}
	}
	d := (*t)[p]
	if d == nil {
		d = &Days{}
		// The names of a place are parts of an object's name, which must not stay.
		(*t)[source.Place{Account: strings.Clone(p.Account), Region: strings.Clone(p.Region)}] = d
	}
	return d
}

// isTrailYear says whether a trail may have objects of the time. CloudTrail
// started in 2013, and a hostile name must not stretch a set over thousands of
// years.
func isTrailYear(at time.Time) bool { return at.Year() >= 2013 && at.Year() < 2100 }

// Regions returns the Regions of the trails, sorted.
func (t Trails) Regions() []string {
	var list []string
	for p := range t {
		if p.Region != "" && !slices.Contains(list, p.Region) {
			list = append(list, p.Region)
		}
	}
	slices.Sort(list)
	return list
}
