package plot

import "time"

// A Span is something that lasted.
type Span struct {
	From, To time.Time
	Name     string // short, for the picture itself
	Title    string
	Link     string
	Class    string
}

// lanesOf gives each span the first lane in which it is free, with some room before it,
// as long as there are lanes: -1 stands for none. Earlier spans of the list come first.
func lanesOf(spans []Span, most int, left, right func(Span) float64) (lanes []int, used int) {
	type taken struct{ from, to float64 }
	rows := make([][]taken, most)
	for _, s := range spans {
		from, to := left(s), right(s)
		lane := -1
		for i := range rows {
			free := true
			for _, t := range rows[i] {
				free = free && (to < t.from || from > t.to)
			}
			if free {
				lane = i
				break
			}
		}
		if lane >= 0 {
			rows[lane] = append(rows[lane], taken{from, to})
			used = max(used, lane+1)
		}
		lanes = append(lanes, lane)
	}
	return lanes, used
}
