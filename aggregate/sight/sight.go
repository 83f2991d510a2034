// Package sight says what was seen of the trails: since when, on which days, and in
// which whole intervals trends can be judged.
//
// The files, each using only those before it:
//
//  1. days.go: whole days.
//  2. gaps.go: days of which nothing was read.
//  3. sight.go: what was seen of which trail.
//  4. trim.go: days that an archive has only a part of.
//  5. recent.go: the recent period.
//  6. frame.go: the time that trends are judged in.
//  7. stale.go: whether the data ends long before the present.
package sight

import (
	"slices"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// Sight is what was seen of the trails: since when, and what was not.
type Sight struct {
	seen  coverage.Trails
	begin map[string]time.Time // of the first day of each account
	gaps  map[source.Place][]time.Time
}

// New returns what the names of the objects that were read show.
func New(seen coverage.Trails) *Sight {
	s := &Sight{seen: seen, begin: map[string]time.Time{}, gaps: map[source.Place][]time.Time{}}
	for p, days := range seen {
		first := days.First()
		if old, ok := s.begin[p.Account]; !ok || first.Before(old) {
			s.begin[p.Account] = first
		}
	}
	return s
}

// FindGaps finds the gaps in [from, to).
func (s *Sight) FindGaps(from, to time.Time) []Gap {
	all := gapsOf(s.seen, from, to)
	for _, g := range all {
		p := source.Place{Account: g.Account, Region: g.Region}
		s.gaps[p] = append(s.gaps[p], g.Day)
	}
	return all
}

// has says whether any object of the day was read.
func (s *Sight) has(at time.Time) bool {
	for _, days := range s.seen {
		if days.Has(at) {
			return true
		}
	}
	return false
}

// BeginOf returns since when the trails of any of the places were seen, or the zero
// time if no object's name says so. What an account did before its first object is not
// known, which is not the same as zero.
func (s *Sight) BeginOf(places []source.Place) (begin time.Time) {
	for _, p := range places {
		at, ok := s.begin[p.Account]
		if !ok {
			return time.Time{}
		}
		if begin.IsZero() || at.Before(begin) {
			begin = at
		}
	}
	return begin
}

// GapsOf returns the days of which something was not seen, in order.
func (s *Sight) GapsOf(places []source.Place) []time.Time {
	if len(places) == 1 {
		return s.gaps[places[0]] // shared by many groups
	}
	var all []time.Time
	for _, p := range places {
		all = append(all, s.gaps[p]...)
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}
