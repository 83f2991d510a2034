package group

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/window"
)

// series counts the denials of one group per interval. Denials of a group usually come
// in order of time, so the interval is often that of the denial before.
type series struct {
	interval window.Interval
	counts   []count // several of an interval, if denials came in another order
	end      int64   // of the last of these intervals
}

// count is how many denials came in the interval that starts at a time.
type count struct {
	start   int64
	denials int
}

func (s *series) reset() { s.counts = s.counts[:0] }

// add counts a denial, whose time is in Unix microseconds.
func (s *series) add(micros int64) {
	n := len(s.counts)
	if n == 0 || micros < s.counts[n-1].start || micros >= s.end {
		start := s.interval.Start(time.UnixMicro(micros))
		s.counts = append(s.counts, count{start.UnixMicro(), 0})
		s.end = start.Add(time.Duration(s.interval)).UnixMicro()
		n++
	}
	s.counts[n-1].denials++
}

// points returns the intervals in order.
func (s *series) points() []Point {
	slices.SortFunc(s.counts, func(a, b count) int { return cmp.Compare(a.start, b.start) })
	n := 0 // intervals
	for i, c := range s.counts {
		if i == 0 || c.start != s.counts[i-1].start {
			n++
		}
	}
	list := make([]Point, 0, n)
	for i, c := range s.counts {
		if i > 0 && c.start == s.counts[i-1].start {
			list[len(list)-1].Denials += c.denials
		} else {
			list = append(list, Point{time.UnixMicro(c.start).UTC(), c.denials})
		}
	}
	return list
}
