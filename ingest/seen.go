package ingest

import (
	"math/bits"
	"slices"
	"time"

	"trail403/ingest/source"
)

// Seen says on which days objects of a trail were read: what was not seen is not
// zero. It knows the objects whose names tell the trail and the day.
type Seen map[source.Place]*Days

// add notes that an object was read.
func (s *Seen) add(name string) {
	if p, day, ok := source.PlaceOf(name); ok && isTrailYear(day) {
		s.days(p).add(int(day.Unix() / secondsADay))
	}
}

// isTrailYear says whether a trail may have objects of the time. CloudTrail began in
// 2013; a hostile name must not stretch a set over thousands of years.
func isTrailYear(at time.Time) bool { return at.Year() >= 2013 && at.Year() < 2100 }

func (s *Seen) days(p source.Place) *Days {
	if *s == nil {
		*s = Seen{}
	}
	d := (*s)[p]
	if d == nil {
		d = &Days{}
		(*s)[p] = d
	}
	return d
}

func (s *Seen) merge(o Seen) {
	for p, days := range o {
		d := s.days(p)
		for n := range days.all {
			d.add(n)
		}
	}
}

const secondsADay = 24 * 60 * 60

// Days is a set of UTC days, one bit each.
type Days struct {
	base  int // number of the first word; a day's is its number since 1970 / 64
	words []uint64
}

// NewDays returns the set of the days that the times lie in.
func NewDays(times ...time.Time) *Days {
	d := &Days{}
	for _, t := range times {
		d.add(int(t.Unix() / secondsADay))
	}
	return d
}

func (d *Days) add(day int) {
	word := day >> 6
	switch {
	case len(d.words) == 0:
		d.base, d.words = word, make([]uint64, 1)
	case word < d.base:
		d.words = slices.Insert(d.words, 0, make([]uint64, d.base-word)...)
		d.base = word
	case word >= d.base+len(d.words):
		d.words = append(d.words, make([]uint64, word-d.base-len(d.words)+1)...)
	}
	d.words[word-d.base] |= 1 << (day & 63)
}

// Has says whether the UTC day that t lies in is in the set.
func (d *Days) Has(t time.Time) bool {
	day := int(t.Unix() / secondsADay)
	word := day>>6 - d.base
	return word >= 0 && word < len(d.words) && d.words[word]>>(day&63)&1 == 1
}

// First returns the begin of the first day; the set is not empty.
func (d *Days) First() time.Time {
	for day := range d.all {
		return time.Unix(int64(day)*secondsADay, 0).UTC()
	}
	return time.Time{}
}

// all yields the numbers of the days, in order.
func (d *Days) all(yield func(day int) bool) {
	for i, w := range d.words {
		for ; w != 0; w &= w - 1 {
			if !yield((d.base+i)<<6 + bits.TrailingZeros64(w)) {
				return
			}
		}
	}
}
