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
	// others are, by account, the times of the first and the last denial in objects whose
	// names do not show when they were delivered. From the one to the other, the records of
	// any day may be in them.
	others map[string][2]time.Time
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

// Cover says that objects were read, too, whose names do not show when they were
// delivered, and for each account when their first and last denial was. If no name shows
// it, nothing is believed to be missing anyway.
func (s *Sight) Cover(spans map[string][2]time.Time) {
	if len(s.seen) == 0 {
		return
	}
	s.others = spans
	for account, begin := range s.begin {
		if span, ok := spans[account]; ok && span[0].Before(begin) {
			s.begin[account] = span[0].Truncate(day)
		}
	}
}

// covers says whether the records of an account and a day may be in objects whose names
// do not show it.
func (s *Sight) covers(account string, at time.Time) bool {
	span, ok := s.others[account]
	return ok && at.Add(day).After(span[0]) && !at.After(span[1])
}

// FindGaps finds the gaps in [from, to).
func (s *Sight) FindGaps(from, to time.Time) []Gap {
	all := slices.DeleteFunc(gapsOf(s.seen, from, to), func(g Gap) bool { return s.covers(g.Account, g.Day) })
	for _, g := range all {
		p := source.Place{Account: g.Account, Region: g.Region}
		s.gaps[p] = append(s.gaps[p], g.Day)
	}
	return all
}

// has says whether any object of the day was read.
func (s *Sight) has(at time.Time) bool {
	for account := range s.others {
		if s.covers(account, at) {
			return true
		}
	}
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
