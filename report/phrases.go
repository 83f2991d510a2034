package report

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"

	"trail403/aggregate"
	"trail403/report/page"
)

// period says in words what time a window is, with a blank before it; "" if the
// window is open on both sides.
func period(w aggregate.Window) page.Text {
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
		return " on " + page.Text(from.Format(time.DateOnly)) + " (UTC)"
	case from.Day() == 1 && from.AddDate(0, 1, 0).Equal(to):
		return " in " + page.Text(from.Format("January 2006")) + " (UTC)"
	}
	return " in the " + plural(int((to.Unix()-from.Unix())/secondsOfDay), "day") +
		" from " + page.Text(from.Format(time.DateOnly)+" to "+last.Format(time.DateOnly)) + " (UTC)"
}

const secondsOfDay = 24 * 60 * 60 // a time.Duration ends after 292 years

func isMidnight(t time.Time) bool { return t.Equal(t.Truncate(24 * time.Hour)) }

func minute(t time.Time) page.Text { return page.Text(t.UTC().Format("2006-01-02 15:04")) }

// seen says when a group's denials began and when the last was, briefly: without
// the year where the window has only one, without what the end shares with the
// beginning, and to the day at the end where the intervals are days. A narrow
// column breaks it into date, time and end.
func seen(g *aggregate.Group, w aggregate.Window) page.Text {
	return seenBetween(g.FirstSeen, g.LastSeen, w)
}

func seenBetween(first, last time.Time, w aggregate.Window) page.Text {
	const clock = "15:04"
	day := dayFormat(w)
	first, last = first.UTC(), last.UTC()
	from, to := first.Format(day+" "+clock), last.Format(day+" "+clock)
	switch {
	case from == to:
		return page.Text(from)
	case first.Format(time.DateOnly) == last.Format(time.DateOnly):
		to = last.Format(clock)
	case w.Interval >= aggregate.Day:
		to = last.Format(day)
	}
	return page.Text(from + space + "– " + to)
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
func (s scale) perCharacter() page.Text {
	d := aggregate.Interval(s.per) * s.window.Interval
	for _, unit := range []struct {
		name   page.Text
		length aggregate.Interval
	}{{"week", aggregate.Week}, {"day", aggregate.Day}, {"hour", aggregate.Hour}} {
		if n := int(d / unit.length); d%unit.length == 0 && n == 1 {
			return unit.name
		} else if d%unit.length == 0 {
			return plural(n, unit.name)
		}
	}
	return page.Text(time.Duration(d).String())
}

// length is a length of time as people say it: 8 minutes, 14 hours, 3 days.
func length(d time.Duration) page.Text {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day || d == day:
		return plural(int(d.Round(day)/day), "day")
	case d >= 2*time.Hour || d == time.Hour:
		return plural(int(d.Round(time.Hour)/time.Hour), "hour")
	}
	return plural(max(int(d.Round(time.Minute)/time.Minute), 1), "minute")
}

func comma(n int) page.Text { return page.Text(humanize.Comma(int64(n))) }

func size(n int64) page.Text { return page.Text(humanize.IBytes(uint64(max(n, 0)))) }

func plural(n int, noun page.Text) page.Text {
	if n == 1 {
		return "1 " + noun
	}
	return comma(n) + " " + noun + "s"
}

// percent never rounds a share to nothing or to all.
func percent(n, total int) page.Text {
	p := 100 * float64(n) / float64(max(total, 1))
	switch {
	case n > 0 && p < 0.1:
		return "< 0.1%"
	case n < total && p > 99.9:
		return "> 99.9%"
	case n == 0, p >= 10 && p <= 99, n >= total:
		return page.Text(fmt.Sprintf("%.0f%%", p))
	}
	return page.Text(fmt.Sprintf("%.1f%%", p))
}

// sum writes the parts that are not zero as a sum: 7 read + 1 failed.
func sum(parts ...part) page.Text {
	var out []page.Text
	for _, p := range parts {
		if p.n != 0 {
			out = append(out, comma(p.n)+" "+p.name)
		}
	}
	if len(out) == 0 {
		return "0"
	}
	return page.Join(out, " + ")
}

type part struct {
	n    int
	name page.Text
}
