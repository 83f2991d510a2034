package words

import (
	"time"

	"trail403/aggregate"
	"trail403/report/page"
)

// Period says in words what time a window is, with a space before it; "" if the
// window is open on both sides.
func Period(w aggregate.Window) page.Text {
	from, to := w.From.UTC(), w.To.UTC()
	last := to.Add(-1)
	switch {
	case w.From.IsZero() && w.To.IsZero():
		return ""
	case w.From.IsZero():
		return " before " + Minute(to) + " UTC"
	case w.To.IsZero():
		return " since " + Minute(from) + " UTC"
	case !isMidnight(from) || !isMidnight(to):
		return " from " + Minute(from) + " to " + Minute(to) + " UTC"
	case from.AddDate(0, 0, 1).Equal(to):
		return " on " + page.Text(from.Format(time.DateOnly)) + " (UTC)"
	case from.Day() == 1 && from.AddDate(0, 1, 0).Equal(to):
		return " in " + page.Text(from.Format("January 2006")) + " (UTC)"
	}
	return " in the " + Plural(int((to.Unix()-from.Unix())/secondsOfDay), "day") +
		" from " + page.Text(from.Format(time.DateOnly)+" to "+last.Format(time.DateOnly)) + " (UTC)"
}

const secondsOfDay = 24 * 60 * 60 // a time.Duration ends after 292 years

func isMidnight(t time.Time) bool { return t.Equal(t.Truncate(24 * time.Hour)) }

func Minute(t time.Time) page.Text { return page.Text(t.UTC().Format("2006-01-02 15:04")) }

// Seen says when a group's denials began and when the last was, briefly: without
// the year where the window has only one, without what the end shares with the
// beginning, and to the day at the end where the intervals are days. A narrow
// column breaks it into date, time and end.
func Seen(g *aggregate.Group, w aggregate.Window) page.Text {
	return SeenBetween(g.FirstSeen, g.LastSeen, w)
}

func SeenBetween(first, last time.Time, w aggregate.Window) page.Text {
	const clock = "15:04"
	day := DayFormat(w)
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
	return page.Text(from + Space + "– " + to)
}

// Space does not break.
const Space = "\u00a0"

// dayFormat leaves the year out where the window has only one.
func DayFormat(w aggregate.Window) string {
	if w.From.IsZero() || w.To.IsZero() || w.From.UTC().Year() != w.To.UTC().Add(-1).Year() {
		return time.DateOnly
	}
	return "Jan" + Space + "2"
}

// Length is a length of time as people say it: 8 minutes, 14 hours, 3 days.
func Length(d time.Duration) page.Text {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day || d == day:
		return Plural(int(d.Round(day)/day), "day")
	case d >= 2*time.Hour || d == time.Hour:
		return Plural(int(d.Round(time.Hour)/time.Hour), "hour")
	}
	return Plural(max(int(d.Round(time.Minute)/time.Minute), 1), "minute")
}

// Moment is a time to the minute, without the year where the window has only one.
func Moment(t time.Time, w aggregate.Window) page.Text {
	return page.Text(t.UTC().Format(DayFormat(w) + " 15:04"))
}

// Second is Moment to the second.
func Second(t time.Time, w aggregate.Window) page.Text {
	return page.Text(t.UTC().Format(DayFormat(w) + " 15:04:05"))
}

// Onset is when an incident started: exact, or around when. Where hours are
// uncertain it is rounded to the hour.
func Onset(in *aggregate.Incident, w aggregate.Window) page.Text {
	at := in.Onset
	if in.OnsetLow.Equal(in.OnsetHigh) {
		return Moment(at, w)
	}
	if in.OnsetHigh.Sub(in.OnsetLow) >= 2*time.Hour {
		at = at.Round(time.Hour)
	}
	return "around " + Moment(at, w)
}

// Lag says how far apart two times are: 3 minutes.
func Lag(d time.Duration) page.Text {
	switch {
	case d < 2*time.Minute:
		return Plural(int(d/time.Second), "second")
	case d < 2*time.Hour:
		return Plural(int(d.Round(time.Minute)/time.Minute), "minute")
	}
	return Plural(int(d.Round(time.Hour)/time.Hour), "hour")
}

// AboutLag is Lag to the minute, for a time that is itself uncertain.
func AboutLag(d time.Duration) page.Text {
	if d < 2*time.Minute {
		return "about " + Plural(max(int(d.Round(time.Minute)/time.Minute), 1), "minute")
	}
	return "about " + Lag(d)
}

// Title is the period for a title: ", October 2026"; "" if the window is open on
// both sides.
func Title(w aggregate.Window) page.Text {
	from, to := w.From.UTC(), w.To.UTC()
	if !w.From.IsZero() && !w.To.IsZero() && isMidnight(from) && isMidnight(to) {
		last := to.Add(-1)
		switch {
		case from.AddDate(0, 0, 1).Equal(to):
			return ", " + page.Text(from.Format(time.DateOnly))
		case from.Day() == 1 && from.AddDate(0, 1, 0).Equal(to):
			return ", " + page.Text(from.Format("January 2006"))
		}
		return ", " + page.Text(from.Format(time.DateOnly)+" to "+last.Format(time.DateOnly))
	}
	if period := Period(w); period != "" {
		return "," + period
	}
	return ""
}
