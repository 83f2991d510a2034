package picture

import (
	"slices"
	"strconv"
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/model"
	"trail403/report/plot"
	"trail403/report/words"
)

// Anchor is the id of an incident's place in a page.
func Anchor(in *model.Incident) string { return "incident-" + strconv.Itoa(in.Number) }

// markOf is a change.
func markOf(c *event.Change, w aggregate.Window, link string) plot.Mark {
	return plot.Mark{At: c.Time, Link: link, Title: words.Second(c.Time, w).Plain() + " UTC: " + words.Change(c).Plain()}
}

// marksOf are the first change before each incident, which could have caused it.
func marksOf(m *model.Model) (list []plot.Mark) {
	seen := map[int]bool{}
	for _, in := range m.Incidents {
		if len(in.Changes) > 0 && !seen[in.Changes[0].Change] {
			seen[in.Changes[0].Change] = true
			list = append(list, markOf(&m.Changes[in.Changes[0].Change], m.Window, Anchor(in)))
		}
	}
	return list
}

// spansOf are the incidents, the ongoing ones first.
func spansOf(m *model.Model) (list []plot.Span) {
	for _, ongoing := range []bool{true, false} {
		for _, in := range m.Incidents {
			if in.Ongoing != ongoing {
				continue
			}
			state, class := "ended", "span"
			if in.Ongoing {
				state, class = "ongoing", "ongoing"
			}
			name := "Incident " + words.Comma(in.Number).Plain()
			list = append(list, plot.Span{
				From: in.Onset, To: in.LastSeen, Name: name, Link: Anchor(in), Class: class,
				Title: name + " (" + state + "): " + words.Incident(in.Incident, in.Cause).Plain() + "\n" +
					words.Plural(in.Denials, "denial").Plain() + ", " + words.SeenBetween(in.Onset, in.LastSeen, m.Window).Plain(),
			})
		}
	}
	return list
}

// gapsOf are the days of which an account and Region have no objects. Days in a row are
// one gap.
func gapsOf(r *aggregate.Result) (list []plot.Span) {
	trails := map[time.Time]int{}
	var days []time.Time
	for _, g := range r.Gaps {
		day := g.Day.UTC()
		if trails[day]++; trails[day] == 1 {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	for i := 0; i < len(days); {
		last := i
		for last+1 < len(days) && days[last+1].Sub(days[last]) == 24*time.Hour && trails[days[last+1]] == trails[days[i]] {
			last++
		}
		title := days[i].Format(time.DateOnly)
		if last > i {
			title += " to " + days[last].Format(time.DateOnly)
		}
		list = append(list, plot.Span{
			From: days[i], To: days[last].Add(24 * time.Hour),
			Title: title + ": no objects of " + words.Plural(trails[days[i]], "account and Region").Plain(),
		})
		i = last + 1
	}
	return list
}
