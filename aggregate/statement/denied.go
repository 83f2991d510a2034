package statement

import (
	"iter"
	"slices"

	"trail403/aggregate/evaluate"
	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// Denied are requests that were denied, and that are alike in all that statements ask for.
type Denied struct {
	Denial  *event.Denial     // the earliest of them
	Request *evaluate.Request // as far as it is known
	Denials int
}

// Denied returns the requests of a group, and how many denials are left out because they
// differ in too many ways. The judge has to know all denials; see [New].
func (j *Judge) Denied(all iter.Seq[*rows.Row]) (list []Denied, more int) {
	sorted := slices.Collect(all)
	slices.SortFunc(sorted, j.t.CompareRows)
	at := map[request]int{}
	for _, r := range sorted {
		c := j.requests.concerns[r.Context()]
		if c == nil {
			more++
			continue
		}
		k := j.key(r, c)
		n, known := at[k]
		switch {
		case known:
			list[n].Denials++
		case len(list) == mostRequests:
			more++
		default:
			at[k] = len(list)
			d, req := j.read(r)
			list = append(list, Denied{d, req, 1})
		}
	}
	return list, more
}
