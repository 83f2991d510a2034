package plot

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Mark is something that happened at a time.
type Mark struct {
	At    time.Time
	Title string
	Link  string
}

// place is a mark, or several that are too close to be distinguished.
type place struct {
	x      float64
	titles []string
	link   string
}

// maxTitles is how many of the marks of a place are named.
const maxTitles = 4

// placesOf puts marks at their places. Marks that are closer than the given distance to
// the first of a place are in that place.
func placesOf(marks []Mark, x func(time.Time) float64, distance float64) (list []place) {
	sorted := slices.Clone(marks)
	slices.SortStableFunc(sorted, func(a, b Mark) int { return a.At.Compare(b.At) })
	for _, m := range sorted {
		at := x(m.At)
		if n := len(list); n > 0 && at-list[n-1].x < distance {
			list[n-1].titles = append(list[n-1].titles, m.Title)
			if list[n-1].link == "" {
				list[n-1].link = m.Link
			}
			continue
		}
		list = append(list, place{at, []string{m.Title}, m.Link})
	}
	return list
}

// title joins the titles of a place, one a line.
func (p *place) title() string {
	named := p.titles[:min(len(p.titles), maxTitles)]
	text := strings.Join(named, "\n")
	if rest := len(p.titles) - len(named); rest > 0 {
		text += "\nand " + strconv.Itoa(rest) + " more"
	}
	return text
}
