package aggregate

import (
	"slices"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// sight is what was seen of the trails: since when, and what not.
type sight struct {
	seen  coverage.Trails
	begin map[string]time.Time // of the first day of each account
	gaps  map[source.Place][]time.Time
}

func newSight(seen coverage.Trails) *sight {
	s := &sight{seen: seen, begin: map[string]time.Time{}, gaps: map[source.Place][]time.Time{}}
	for p, days := range seen {
		first := days.First()
		if old, ok := s.begin[p.Account]; !ok || first.Before(old) {
			s.begin[p.Account] = first
		}
	}
	return s
}

// findGaps finds the gaps in [from, to).
func (s *sight) findGaps(from, to time.Time) []Gap {
	all := gapsOf(s.seen, from, to)
	for _, g := range all {
		p := source.Place{Account: g.Account, Region: g.Region}
		s.gaps[p] = append(s.gaps[p], g.Day)
	}
	return all
}

// has says whether any object of the day was read.
func (s *sight) has(at time.Time) bool {
	for _, days := range s.seen {
		if days.Has(at) {
			return true
		}
	}
	return false
}

// beginOf returns since when the trails of any of the places were seen, the zero
// time if no name of an object tells. What an account did before its first
// object is not known, and not zero.
func (s *sight) beginOf(places []source.Place) (begin time.Time) {
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

// gapsOf returns the days of which something was not seen, in order.
func (s *sight) gapsOf(places []source.Place) []time.Time {
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
