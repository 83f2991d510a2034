package main

import (
	"fmt"
	"time"

	"trail403/aggregate/trend"
)

// targets are the archives that have figures to reach.
func targets(burst int) (list []archive) {
	for _, days := range []int{30, 90} {
		c := usual
		c.burst = burst
		list = append(list, archive{days: days, ends: time.Wednesday, trendless: 5000, planted: 200, counts: c})
	}
	return list
}

// conditions are additional rows, which are shown even where they are bad.
func conditions() (list []archive) {
	add := func(name string, change func(a *archive)) {
		for _, days := range []int{30, 90} {
			a := archive{name: name, days: days, ends: time.Wednesday, trendless: 2000, planted: 100, counts: usual}
			if change != nil {
				change(&a)
			}
			list = append(list, a)
		}
	}
	once := func(name string, days int, change func(a *archive)) {
		a := archive{name: name, days: days, ends: time.Wednesday, trendless: 2000, planted: 100, counts: usual}
		change(&a)
		list = append(list, a)
	}
	for _, hours := range []int{1, 3, 6, 24} {
		add(fmt.Sprintf("bursts of %d h", hours), func(a *archive) { a.counts.burst = hours })
	}
	add("the level drifts by a factor of 1.4", func(a *archive) { a.counts.wander = 0.35 })
	add("the level drifts by a factor of 2", func(a *archive) { a.counts.wander = 0.7 })
	add("silent on weekends", func(a *archive) { a.counts.weeks = []week{asleep} })
	for d := range 7 {
		ends := time.Weekday((d + 1) % 7)
		once("the window ends on a "+ends.String(), 30, func(a *archive) {
			a.ends, a.counts.weeks = ends, []week{working}
		})
	}
	once("silent on weekends, ends on a Sunday", 30, func(a *archive) { a.ends, a.counts.weeks = time.Sunday, []week{asleep} })
	once("silent on weekends, ends on a Monday", 30, func(a *archive) { a.ends, a.counts.weeks = time.Monday, []week{asleep} })
	add("10,000 events a day", func(a *archive) { a.counts.mean = [2]float64{10000, 10000} })
	add("five events in total", func(a *archive) { a.planted, a.counts.mean = 0, [2]float64{5 / float64(a.days), 5 / float64(a.days)} })
	add("a single burst of three hours", func(a *archive) { a.planted, a.change = 0, oneBurst(3) })
	add("a single burst of a week", func(a *archive) { a.planted, a.change = 0, oneBurst(7*24) })
	add("trendless only", func(a *archive) { a.planted = 0 })
	add("half of the groups planted", func(a *archive) { a.trendless, a.planted = 500, 100 })
	add("2 groups of each kind among 500", func(a *archive) { a.trendless, a.planted = 500, 2 })
	add("the groups start late", func(a *archive) { a.trendless, a.planted = 2000, 0; a.change = late })
	add("the account's trail starts in the middle", func(a *archive) { a.after = watchedFrom(0.5) })
	add("a gap of three days at the end", func(a *archive) { a.after = gap(3) })
	add("--recent of one day", func(a *archive) { a.recent = 1 })
	add("--recent of seven days", func(a *archive) { a.recent = 7 })
	for _, days := range []int{7, 10, 14, 21} {
		once(fmt.Sprintf("a window of %d days", days), days, func(*archive) {})
	}
	for _, days := range []int{1, 2, 4, 6} {
		name := fmt.Sprintf("a window of %d days, by hours", days)
		if days == 1 {
			name = "a window of 1 day, by hours"
		}
		once(name, days, func(a *archive) { a.step, a.planted = time.Hour, 0 })
	}
	return list
}

// oneBurst keeps only some hours of a group, with many events.
func oneBurst(length int) func(draw, []int) {
	return func(d draw, hours []int) {
		from := d.IntN(len(hours) - length + 1)
		for h := range hours {
			if h < from || h >= from+length {
				hours[h] = 0
			} else {
				hours[h] = d.poisson(60 / float64(min(length, 24)))
			}
		}
	}
}

// late makes a group start between the second fifth of the window and its last.
func late(d draw, hours []int) {
	from := len(hours)/5 + d.IntN(len(hours)*3/5)
	clear(hours[:from])
}

// watchedFrom makes the trail start within the window.
func watchedFrom(part float64) func(draw, trend.Frame, *trend.Group) {
	return func(_ draw, f trend.Frame, g *trend.Group) {
		g.Begin = int(part * float64(f.N))
		for len(g.Counts) > 0 && int(g.Counts[0].Index) < g.Begin {
			g.Counts = g.Counts[1:]
		}
	}
}

// gap makes the last intervals unseen.
func gap(n int) func(draw, trend.Frame, *trend.Group) {
	return func(_ draw, f trend.Frame, g *trend.Group) {
		g.Unseen = make([]bool, f.N)
		for i := f.N - n; i < f.N; i++ {
			g.Unseen[i] = true
		}
		for len(g.Counts) > 0 && g.Unseen[g.Counts[len(g.Counts)-1].Index] {
			g.Counts = g.Counts[:len(g.Counts)-1]
		}
	}
}
