package main

import (
	"time"

	"trail403/aggregate/trend"
)

// planted are the kinds that are planted, in the order of the tables.
var planted = []trend.Kind{trend.New, trend.Stopped, trend.Spike, trend.Rising, trend.Falling}

// trendless groups are drawn without a planted kind.
const trendless = trend.Kind("trendless")

// levels draws a planted kind: new in the last 3 days, stopped for the last 5, eight
// times the level on one of the last two, or from 0.3 to 2.7 times over the window.
func (d draw) levels(k trend.Kind) level {
	switch k {
	case trend.New:
		return func(_ float64, left int) float64 { return when(left < 3, 1, 0) }
	case trend.Stopped:
		return func(_ float64, left int) float64 { return when(left < 5, 0, 1) }
	case trend.Spike:
		on := d.IntN(2)
		return func(_ float64, left int) float64 { return when(left == on, 8, 1) }
	case trend.Rising:
		return func(passed float64, _ int) float64 { return 0.3 + 2.4*passed }
	case trend.Falling:
		return func(passed float64, _ int) float64 { return 2.7 - 2.4*passed }
	}
	return nil
}

func when(b bool, yes, no float64) float64 {
	if b {
		return yes
	}
	return no
}

// archive is a set of groups that are judged together.
type archive struct {
	name      string
	days      int
	step      time.Duration // a day if zero
	recent    int           // the default if zero
	ends      time.Weekday  // of the last day
	trendless int
	planted   int // of each kind
	counts    counts
	// change alters the hours of a group before they are counted, and the group
	// afterwards.
	change func(d draw, hours []int)
	after  func(d draw, f trend.Frame, g *trend.Group)
}

// usual is how counts are drawn unless an archive says otherwise.
var usual = counts{weeks: []week{even, working}, shape: [2]float64{0.3, 8}, burst: 1}

// table is how many groups of each planted kind got each verdict.
type table map[trend.Kind]map[trend.Kind]int

// run draws the archive and judges it.
func (a *archive) run(seed, stream uint64) table {
	f := trend.Frame{Step: 24 * time.Hour, Recent: a.recent}
	if a.step > 0 {
		f.Step = a.step
	}
	window := time.Duration(a.days) * 24 * time.Hour
	f.N = int(window / f.Step)
	if f.Recent == 0 {
		f.Recent = trend.DefaultRecent(window, f.Step)
	}
	// November 1, 2026 is a Sunday.
	f.Start = time.Date(2026, 11, 1+int(a.ends)+1, 0, 0, 0, 0, time.UTC).Add(-window)

	d := newDraw(seed, stream)
	var groups []trend.Group
	var kinds []trend.Kind
	add := func(k trend.Kind, n int, mean [2]float64) {
		c := a.counts
		if c.mean[0] == 0 {
			c.mean = mean
		}
		for range n {
			hours := d.hours(&c, f.Start, a.days*24, d.levels(k))
			if a.change != nil {
				a.change(d, hours)
			}
			g := group(hours, f)
			if a.after != nil {
				a.after(d, f, &g)
			}
			groups, kinds = append(groups, g), append(kinds, k)
		}
	}
	add(trendless, a.trendless, [2]float64{2, 60})
	for _, k := range planted {
		add(k, a.planted, [2]float64{8, 48})
	}
	t := table{}
	for i, v := range trend.Judge(f, groups, 2) {
		if t[kinds[i]] == nil {
			t[kinds[i]] = map[trend.Kind]int{}
		}
		t[kinds[i]][v.Kind]++
	}
	return t
}

// add adds the counts of another table.
func (t table) add(other table) {
	for k, row := range other {
		if t[k] == nil {
			t[k] = map[trend.Kind]int{}
		}
		for v, n := range row {
			t[k][v] += n
		}
	}
}

// named returns the share of a kind's groups that got one of the verdicts.
func (t table) named(k trend.Kind, verdicts ...trend.Kind) (share float64, groups int) {
	n := 0
	for v, c := range t[k] {
		groups += c
		for _, want := range verdicts {
			if v == want {
				n += c
			}
		}
	}
	if groups == 0 {
		return 0, 0
	}
	return float64(n) / float64(groups), groups
}
