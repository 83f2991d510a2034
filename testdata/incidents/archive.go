package main

import (
	"fmt"
	"slices"
	"time"
)

// firstDay is the earliest day on which an archive starts.
var firstDay = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// settled is how long an archive lasts before the first incident is planted.
const settled = 8 * day

// newArchive makes an archive of about a month that ends at any hour, on any day of the
// week, with groups in the background and an incident of each kind.
func newArchive(name string, seed uint64, groups int, kinds []*kind) *world {
	d := newDraw(seed, name+"/frame")
	start := firstDay.AddDate(0, 0, d.IntN(300)).Add(time.Duration(d.IntN(24)) * time.Hour)
	w := newWorld(name, seed, start, start.AddDate(0, 0, d.whole(30, 42)).Add(time.Duration(d.IntN(24*60))*time.Minute))
	w.background(groups)
	w.plantAll(d, kinds, w.start.Add(settled))
	if d.chance(0.5) {
		w.lose(d)
	}
	w.finish()
	return w
}

// plantAll plants one incident of each of the kinds. No two of them start within two
// hours of each other.
func (w *world) plantAll(d draw, kinds []*kind, from time.Time) {
	var taken []time.Time
	for _, k := range kinds {
		for range 200 {
			at := d.within(from, w.end.Add(-90*time.Minute))
			if k.late {
				at = w.end.Add(-d.span(time.Hour, 8*time.Hour))
			}
			if slices.ContainsFunc(taken, func(t time.Time) bool { return t.Sub(at).Abs() < 2*time.Hour }) {
				continue
			}
			if w.plant(k, d, at) {
				taken = append(taken, at)
				break
			}
		}
	}
}

// lose removes a day of an account on which nothing was planted, nor on the days next
// to it.
func (w *world) lose(d draw) {
	for range 100 {
		lost := gap{pick(d, accounts...), d.within(w.start.Add(2*day), w.end.Add(-2*day)).Truncate(day)}
		free := !slices.ContainsFunc(w.events, func(e event) bool {
			return e.change != nil && w.matters(e.change) && e.at.After(lost.day.Add(-day)) && e.at.Before(lost.day.Add(2*day)) ||
				e.planted != nil && e.at.Truncate(day).Equal(lost.day)
		})
		if free {
			w.gaps = append(w.gaps, lost)
			return
		}
	}
}

// matters says whether a change caused or ended an incident.
func (w *world) matters(c *change) bool {
	return slices.ContainsFunc(w.planted, func(p *planted) bool { return p.fix == c || slices.Contains(p.causes, c) })
}

// dealt distributes the kinds over archives, with this many of each.
func dealt(archive, each int, only string) (list []*kind) {
	var from []*kind
	for i := range kinds {
		if only == "" || kinds[i].name == only {
			from = append(from, &kinds[i])
		}
	}
	for i := range each {
		list = append(list, from[(archive*each+i)%len(from)])
	}
	return list
}

func archiveName(kind string, n int) string { return fmt.Sprintf("%s-%02d", kind, n+1) }
