package report

import (
	"strings"
	"time"

	"trail403/aggregate"
)

// sparkWidth is how many characters a sparkline has at most: a day of hours,
// and narrow enough for a table on GitHub.
const sparkWidth = 24

const sparks = "▁▂▃▄▅▆▇█"

// scale is how sparklines divide a window: width characters of per intervals
// each, the last of which may have fewer.
type scale struct {
	window     aggregate.Window
	intervals  int
	width, per int
}

func newScale(w aggregate.Window) scale {
	s := scale{window: w, intervals: max(w.Intervals(), 0)}
	s.per = max((s.intervals+sparkWidth-1)/sparkWidth, 1)
	s.width = (s.intervals + s.per - 1) / s.per
	return s
}

// sparkline draws a series over the whole window. Heights are relative to the
// highest of the series; a dot is nothing at all, and a question mark is nothing
// while some of the time was not seen: the UTC days that unseen lists.
func (s scale) sparkline(series []aggregate.Point, unseen []time.Time) string {
	counts := make([]int, s.width)
	for _, p := range series {
		if i := s.window.Index(p.Start); i >= 0 && i < s.intervals {
			counts[i/s.per] += p.Denials
		}
	}
	if short := s.intervals % s.per; short > 0 { // as high as if it were a whole one
		counts[s.width-1] = counts[s.width-1] * s.per / short
	}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	blind := make([]bool, s.width)
	for _, day := range unseen {
		for at := s.window.Interval.Start(day); at.Before(day.Add(24 * time.Hour)); at = at.Add(time.Duration(s.window.Interval)) {
			if i := s.window.Index(at); i >= 0 && i < s.intervals {
				blind[i/s.per] = true
			}
		}
	}
	levels := []rune(sparks)
	var b strings.Builder
	for i, n := range counts {
		switch {
		case n > 0:
			b.WriteRune(levels[(n*len(levels)-1)/most])
		case blind[i]:
			b.WriteRune('?')
		default:
			b.WriteRune('·')
		}
	}
	return b.String()
}
