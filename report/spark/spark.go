// Package spark draws a series of counts as a line of characters, for a cell of a table.
package spark

import (
	"strings"
	"time"

	"trail403/aggregate"
	"trail403/report/page"
	"trail403/report/words"
)

// mostWidth is how many characters a sparkline has at most: a day of hours,
// and narrow enough for a table on GitHub.
const mostWidth = 24

const sparks = "▁▂▃▄▅▆▇█"

// Scale is how sparklines divide a window: width characters of per intervals
// each. It counts from the end, so that the latest are whole and compare; what the
// first has fewer is short.
type Scale struct {
	window     aggregate.Window
	intervals  int
	width, per int
	short      int
}

// New divides a window.
func New(w aggregate.Window) Scale {
	s := Scale{window: w, intervals: max(w.Intervals(), 0)}
	s.per = max((s.intervals+mostWidth-1)/mostWidth, 1)
	for !isHandy(aggregate.Interval(s.per) * w.Interval) {
		s.per++
	}
	s.width = (s.intervals + s.per - 1) / s.per
	s.short = s.width*s.per - s.intervals
	return s
}

// isHandy says whether people count in such times: whole days, or parts of one.
func isHandy(d aggregate.Interval) bool {
	return d <= 0 || d%aggregate.Day == 0 || aggregate.Day%d == 0
}

// at returns which character the ith interval is in.
func (s Scale) at(i int) int { return (i + s.short) / s.per }

// Edges says how much less time than the others the first and the last character
// are of, with a space before it; "" if none.
func (s Scale) Edges() page.Text {
	if s.width < 2 {
		return ""
	}
	w, whole := s.window, time.Duration(s.per)*time.Duration(s.window.Interval)
	from := w.Interval.Start(w.From)
	first := from.Add(time.Duration(s.per-s.short) * time.Duration(w.Interval)).Sub(w.From)
	last := w.To.Sub(from.Add(time.Duration(s.intervals-s.per) * time.Duration(w.Interval)))
	switch {
	case first < whole && last < whole:
		return " The first bar covers only " + words.Length(first) + ", and the last covers only " +
			words.Length(last) + "."
	case first < whole:
		return " The first bar covers only " + words.Length(first) + "."
	case last < whole:
		return " The last bar covers only " + words.Length(last) + "."
	}
	return ""
}

// Line draws a series over the entire window. Heights are relative to the
// highest of the series; a dot is nothing at all, and a question mark is nothing
// while some of the time was not seen: the UTC days that unseen lists.
func (s Scale) Line(series []aggregate.Point, unseen []time.Time) string {
	counts := make([]int, s.width)
	for _, p := range series {
		if i := s.window.Index(p.Start); i >= 0 && i < s.intervals {
			counts[s.at(i)] += p.Denials
		}
	}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	blind := make([]bool, s.width)
	for _, day := range unseen {
		end, step := day.Add(24*time.Hour), time.Duration(s.window.Interval)
		for at := s.window.Interval.Start(day); at.Before(end); at = at.Add(step) {
			if i := s.window.Index(at); i >= 0 && i < s.intervals {
				blind[s.at(i)] = true
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

// PerCharacter says how much time a character of a sparkline is: hour, 2 days.
func (s Scale) PerCharacter() page.Text {
	d := aggregate.Interval(s.per) * s.window.Interval
	for _, unit := range []struct {
		name   page.Text
		length aggregate.Interval
	}{{"week", aggregate.Week}, {"day", aggregate.Day}, {"hour", aggregate.Hour}} {
		if n := int(d / unit.length); d%unit.length == 0 && n == 1 {
			return unit.name
		} else if d%unit.length == 0 {
			return words.Plural(n, unit.name)
		}
	}
	return page.Text(time.Duration(d).String())
}
