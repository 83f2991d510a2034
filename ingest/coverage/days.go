package coverage

import (
	"math/bits"
	"slices"
	"time"
)

const secondsADay = 24 * 60 * 60

// Days is a set of UTC days, one bit each.
type Days struct {
	base  int // number of the first word: that of a day since 1970, divided by 64
	words []uint64
}

// NewDays returns the set of the days that the times lie in.
func NewDays(times ...time.Time) *Days {
	d := &Days{}
	for _, t := range times {
		d.add(dayNumber(t))
	}
	return d
}

// dayNumber returns how many days after January 1, 1970 the UTC day of t is.
func dayNumber(t time.Time) int { return int(t.Unix() / secondsADay) }

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
	day := dayNumber(t)
	word := day>>6 - d.base
	return word >= 0 && word < len(d.words) && d.words[word]>>(day&63)&1 == 1
}

// First returns the start of the first day. The set must not be empty.
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

// List returns the starts of the days, in order.
func (d *Days) List() (days []time.Time) {
	for day := range d.all {
		days = append(days, time.Unix(int64(day)*secondsADay, 0).UTC())
	}
	return days
}
