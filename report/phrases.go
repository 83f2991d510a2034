package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"trail403/aggregate"
)

// period says in words what time a window is, with a blank before it; "" if the
// window is open on both sides.
func period(w aggregate.Window) string {
	from, to := w.From.UTC(), w.To.UTC()
	last := to.Add(-1)
	switch {
	case w.From.IsZero() && w.To.IsZero():
		return ""
	case w.From.IsZero():
		return " before " + minute(to) + " UTC"
	case w.To.IsZero():
		return " since " + minute(from) + " UTC"
	case !isMidnight(from) || !isMidnight(to):
		return " from " + minute(from) + " to " + minute(to) + " UTC"
	case from.AddDate(0, 0, 1).Equal(to):
		return " on " + from.Format(time.DateOnly) + " (UTC)"
	case from.Day() == 1 && from.AddDate(0, 1, 0).Equal(to):
		return " in " + from.Format("January 2006") + " (UTC)"
	}
	return " in the " + plural(int((to.Unix()-from.Unix())/secondsOfDay), "day") +
		" from " + from.Format(time.DateOnly) + " to " + last.Format(time.DateOnly) + " (UTC)"
}

const secondsOfDay = 24 * 60 * 60 // a time.Duration ends after 292 years

func isMidnight(t time.Time) bool { return t.Equal(t.Truncate(24 * time.Hour)) }

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

// seen says when a group's denials began and when the last was, briefly: without
// the year where the window has only one, without what the end shares with the
// beginning, and to the day at the end where the intervals are days. A narrow
// column breaks it into date, time and end.
func seen(g *aggregate.Group, w aggregate.Window) string {
	const clock = "15:04"
	day := dayFormat(w)
	first, last := g.FirstSeen.UTC(), g.LastSeen.UTC()
	from, to := first.Format(day+" "+clock), last.Format(day+" "+clock)
	switch {
	case from == to:
		return from
	case first.Format(time.DateOnly) == last.Format(time.DateOnly):
		to = last.Format(clock)
	case w.Interval >= aggregate.Day:
		to = last.Format(day)
	}
	return from + space + "– " + to
}

// space does not break.
const space = "\u00a0"

// dayFormat leaves the year out where the window has only one.
func dayFormat(w aggregate.Window) string {
	if w.From.IsZero() || w.To.IsZero() || w.From.UTC().Year() != w.To.UTC().Add(-1).Year() {
		return time.DateOnly
	}
	return "Jan" + space + "2"
}

// perCharacter says how much time a character of a sparkline is: hour, 2 days.
func (s scale) perCharacter() string {
	d := aggregate.Interval(s.per) * s.window.Interval
	for _, unit := range []struct {
		name   string
		length aggregate.Interval
	}{{"week", aggregate.Week}, {"day", aggregate.Day}, {"hour", aggregate.Hour}} {
		if n := int(d / unit.length); d%unit.length == 0 && n == 1 {
			return unit.name
		} else if d%unit.length == 0 {
			return plural(n, unit.name)
		}
	}
	return time.Duration(d).String()
}

func comma(n int) string { return humanize.Comma(int64(n)) }

func size(n int64) string { return humanize.IBytes(uint64(max(n, 0))) }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return comma(n) + " " + noun + "s"
}

// percent never rounds a share to nothing or to all.
func percent(n, total int) string {
	p := 100 * float64(n) / float64(max(total, 1))
	switch {
	case n > 0 && p < 0.1:
		return "< 0.1%"
	case n < total && p > 99.9:
		return "> 99.9%"
	case n == 0, p >= 10 && p <= 99, n >= total:
		return fmt.Sprintf("%.0f%%", p)
	}
	return fmt.Sprintf("%.1f%%", p)
}

// sum writes the parts that are not zero as a sum: 7 read + 1 failed.
func sum(parts ...part) string {
	var out []string
	for _, p := range parts {
		if p.n != 0 {
			out = append(out, comma(p.n)+" "+p.name)
		}
	}
	if len(out) == 0 {
		return "0"
	}
	return strings.Join(out, " + ")
}

type part struct {
	n    int
	name string
}
