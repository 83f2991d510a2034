package replay

import (
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// scope says which objects count: those that a run with the query would read. Of the
// times of delivery only the day counts, because a store keeps no more of each object
// that had no denials.
type scope struct {
	query *source.Query
	known map[string]bool // by the names of objects
}

// mostKnown bounds how many names are remembered.
const mostKnown = 16 << 10

// isAll says whether all objects count.
func (s *scope) isAll() bool {
	q := s.query
	return q.From.IsZero() && q.To.IsZero() && len(q.Accounts) == 0 && len(q.Regions) == 0
}

// skip says why the objects of a day of a trail do not count. It is empty if they do.
// What is not known is empty.
func (s *scope) skip(account, region string, day time.Time) coverage.Reason {
	q := s.query
	switch {
	case day.IsZero():
	case !q.From.IsZero() && !day.AddDate(0, 0, 1).After(q.From), !q.To.IsZero() && !day.Before(q.To):
		return coverage.SkipOutsideWindow
	}
	if !q.Has(account, region) {
		return coverage.SkipNotSelected
	}
	return ""
}

// object says whether an object counts.
func (s *scope) object(name string) bool {
	if s.isAll() {
		return true
	}
	has, ok := s.known[name]
	if !ok {
		if len(s.known) >= mostKnown || s.known == nil {
			s.known = map[string]bool{}
		}
		told := source.Tell(name)
		has = s.skip(told.Account, told.Region, dayOf(told.Begin)) == ""
		s.known[name] = has
	}
	return has
}

func dayOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(24 * time.Hour)
}
