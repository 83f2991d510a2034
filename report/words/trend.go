package words

import (
	"fmt"
	"math"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/page"
)

// adjectives name groups of a kind: 3 groups are new.
var adjectives = map[trend.Kind]page.Text{
	trend.New: "new", trend.Spike: "spiking", trend.Rising: "rising", trend.Stopped: "stopped",
	trend.Falling: "falling", trend.Steady: "steady", trend.Sporadic: "sporadic",
}

// Trend says what a group does. That it stopped may mean that it was fixed,
// or that the caller gave up, or is gone.
func Trend(g *aggregate.Group, w aggregate.Window) page.Text {
	t := &g.Trend
	switch t.Kind {
	case trend.New:
		return page.Toned(page.Warning, page.Bold("new")) + " since " + Moment(t.Onset, w)
	case trend.Spike:
		return page.Toned(page.Warning, page.Bold("spike")) + " from " + Moment(t.Onset, w) + spikeWords(g, w)
	case trend.Rising:
		return page.Toned(page.Warning, page.Bold("rising")) + ": " + Rate(t.RecentPerDay) + " a day recently" +
			times(t)
	case trend.Falling:
		return page.Toned(page.Faint, "falling: "+Rate(t.RecentPerDay)+" a day recently, "+
			Rate(t.BaselinePerDay)+" before")
	case trend.Stopped:
		return page.Toned(page.Faint, page.Bold("stopped")+": none since "+Moment(g.LastSeen,
			w)+", "+Rate(t.BaselinePerDay)+" a day before")
	}
	return Adjective(t.Kind)
}

// spikeWords counts a group's denials from the interval of its spike on, and before.
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
	words := ": " + Comma(n) + " from that " + unit + " on, " + Comma(before)
	if baseline := from.Sub(w.From); baseline > 0 {
		words += " in the " + Length(baseline) + " before"
	}
	return words
}

// times says how many times the baseline a rate is.
func times(t *aggregate.Trend) page.Text {
	if math.IsNaN(t.Ratio) || t.Ratio == 0 {
		return ""
	}
	return ", " + Rate(t.Ratio) + " times the baseline"
}

// Rate writes a number with two digits that mean something.
func Rate(x float64) page.Text {
	switch {
	case x >= 10:
		return Comma(int(math.Round(x)))
	case x >= 1:
		return page.Text(fmt.Sprintf("%.1f", x))
	}
	return page.Text(fmt.Sprintf("%.2g", x))
}

// Adjective names what groups of a kind of trend are: new, stopped.
func Adjective(kind trend.Kind) page.Text { return adjectives[kind] }

// TrendCount counts groups of a kind of trend that comes first for people.
func TrendCount(n int, kind trend.Kind) page.Text {
	switch kind {
	case trend.New:
		return Comma(n) + " new"
	case trend.Spike:
		return Comma(n) + " spiked"
	case trend.Stopped:
		return Comma(n) + " stopped"
	}
	return Comma(n) + " " + adjectives[kind]
}
