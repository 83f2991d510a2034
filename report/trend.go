package report

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/page"
)

// leading are the kinds of trend that come first for people, in this order: what
// began, what jumped, what grows, what ended.
var leading = []trend.Kind{trend.New, trend.Spike, trend.Rising, trend.Stopped}

// adjectives name groups of a kind: 3 groups are new.
var adjectives = map[trend.Kind]page.Text{
	trend.New: "new", trend.Spike: "spiking", trend.Rising: "rising", trend.Stopped: "stopped",
	trend.Falling: "falling", trend.Steady: "steady", trend.Sporadic: "sporadic",
}

// trendWords says what a group does. That it stopped may mean that it was fixed,
// or that the caller gave up, or is gone.
func trendWords(g *aggregate.Group, w aggregate.Window) page.Text {
	t := &g.Trend
	switch t.Kind {
	case trend.New:
		return page.Toned(page.Warning, page.Bold("new")) + " since " + moment(t.Onset, w)
	case trend.Spike:
		return page.Toned(page.Warning, page.Bold("spike")) + " from " + moment(t.Onset, w) + spikeWords(g, w)
	case trend.Rising:
		return page.Toned(page.Warning, page.Bold("rising")) + ": " + rate(t.RecentPerDay) + " a day of late" + times(t)
	case trend.Falling:
		return page.Toned(page.Faint, "falling: "+rate(t.RecentPerDay)+" a day of late, "+rate(t.BaselinePerDay)+" before")
	case trend.Stopped:
		return page.Toned(page.Faint, page.Bold("stopped")+": none since "+moment(g.LastSeen, w)+", "+rate(t.BaselinePerDay)+" a day before")
	}
	return adjectives[t.Kind]
}

// spikeWords counts a group's denials from the interval of its jump on, and before.
func spikeWords(g *aggregate.Group, w aggregate.Window) page.Text {
	from, n, before := w.Interval.Start(g.Trend.Onset), 0, 0
	for _, p := range g.Series {
		if p.Start.Before(from) {
			before += p.Denials
		} else {
			n += p.Denials
		}
	}
	unit := page.Text("hour")
	switch {
	case w.Interval >= 7*aggregate.Day:
		unit = "week"
	case w.Interval >= aggregate.Day:
		unit = "day"
	}
	words := ": " + comma(n) + " from that " + unit + " on, " + comma(before)
	if past := from.Sub(w.From); past > 0 {
		words += " in the " + length(past) + " before"
	}
	return words
}

// comparesRates says whether the words of a group's trend compare a rate with the
// past.
func comparesRates(g aggregate.Group) bool {
	switch g.Trend.Kind {
	case trend.Rising, trend.Falling, trend.Stopped:
		return true
	}
	return false
}

// times says how many times its past a rate is.
func times(t *aggregate.Trend) page.Text {
	if math.IsNaN(t.Ratio) || t.Ratio == 0 {
		return ""
	}
	return ", " + rate(t.Ratio) + " times its past"
}

// rate writes a number with two digits that mean something.
func rate(x float64) page.Text {
	switch {
	case x >= 10:
		return comma(int(math.Round(x)))
	case x >= 1:
		return page.Text(fmt.Sprintf("%.1f", x))
	}
	return page.Text(fmt.Sprintf("%.2g", x))
}

// moment is a time to the minute, without the year where the window has only one.
func moment(t time.Time, w aggregate.Window) page.Text {
	return page.Text(t.UTC().Format(dayFormat(w) + " 15:04"))
}

// trendOf returns a group's trend as JSON has it. What does not apply is null.
func trendOf(r *aggregate.Result, t *aggregate.Trend) jsonTrend {
	out := jsonTrend{
		Kind: string(t.Kind), RecentPerDay: digits(t.RecentPerDay), BaselinePerDay: digits(t.BaselinePerDay),
		Ratio: digits(t.Ratio), RatioLow: digits(t.RatioLow), RatioHigh: digits(t.RatioHigh),
		P: digits(t.P), Q: digits(t.Q), Intervals: t.Intervals, Changes: linksOf(r, t.Changes),
	}
	if !t.Onset.IsZero() {
		out.Onset = &t.Onset
	}
	return out
}

// digits rounds to four digits that mean something, so that machines that round
// sums differently write the same; null stands for what is no number.
func digits(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64); err == nil {
		x = rounded
	}
	return &x
}
