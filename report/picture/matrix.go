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

// Matrix shows how often the principals with the most denials were denied access to the
// buckets with the most denials. It is nil if it would have one cell or none. left is
// how many denials it does not hold.
func Matrix(r *aggregate.Result) (p *plot.Picture, left int) {
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
		return nil, 0
	}
	m := plot.Matrix{Label: "Denials by principal and bucket", Columns: columns, Noun: "denial", Width: width}
	row, column := indexOf(rows), indexOf(columns)
	for _, name := range rows {
		m.Rows = append(m.Rows, names[name])
		m.Counts = append(m.Counts, make([]int, len(columns)))
	}
	for i := range r.Groups {
		g := &r.Groups[i]
		y, hasRow := row[g.Principal]
		x, hasColumn := column[g.Bucket]
		if hasRow && hasColumn {
			m.Counts[y][x] += g.Denials
		} else {
			left += g.Denials
		}
	}
	return m.Picture(), left
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
