package picture

import (
	"cmp"
	"maps"
	"slices"

	"trail403/aggregate"
	"trail403/report/plot"
	"trail403/report/words"
)

// maxNames is how many principals and buckets the matrix has.
const maxNames = 30

// Heat shows how often the principals with the most denials were denied access to the
// buckets with the most denials.
type Heat struct {
	*plot.Picture     // nil if it would have one cell or none
	Left          int // how many denials it does not hold
	Columns       int
	row, column   map[string]int
}

// Cell returns the number of the cell that counts a group, row by row from 1, or 0.
func (h *Heat) Cell(g *aggregate.Group) int {
	y, hasRow := h.row[g.Principal]
	x, hasColumn := h.column[g.Bucket]
	if !hasRow || !hasColumn {
		return 0
	}
	return y*h.Columns + x + 1
}

// Matrix counts denials by principal and bucket.
func Matrix(r *aggregate.Result) *Heat {
	who, where := map[string]int{}, map[string]int{}
	names := map[string]string{}
	for i := range r.Groups {
		if g := &r.Groups[i]; g.Bucket != "" {
			who[g.Principal] += g.Denials
			where[g.Bucket] += g.Denials
			names[g.Principal] = words.Principal(g).Plain()
		}
	}
	rows, columns := most(who), most(where)
	if len(rows)*len(columns) < 2 {
		return &Heat{}
	}
	h := &Heat{Columns: len(columns), row: indexOf(rows), column: indexOf(columns)}
	m := plot.Matrix{Label: "Denials by principal and bucket", Columns: columns, Noun: "denial", Width: width}
	for _, name := range rows {
		m.Rows = append(m.Rows, names[name])
		m.Counts = append(m.Counts, make([]int, len(columns)))
	}
	for i := range r.Groups {
		g := &r.Groups[i]
		if n := h.Cell(g); n > 0 {
			m.Counts[(n-1)/h.Columns][(n-1)%h.Columns] += g.Denials
		} else {
			h.Left += g.Denials
		}
	}
	h.Picture = m.Picture()
	return h
}

// most returns the names with the highest counts.
func most(counts map[string]int) []string {
	list := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return list[:min(len(list), maxNames)]
}

func indexOf(names []string) map[string]int {
	at := map[string]int{}
	for i, name := range names {
		at[name] = i
	}
	return at
}
