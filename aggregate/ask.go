package aggregate

import (
	"cmp"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/filter"
	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// asked are the denials that policies are wanted for.
type asked struct {
	rows   *rows.Table
	groups *rows.Groups
	book   *document.Book
	from   int64 // in Unix microseconds; those before it do not count
	sel    *filter.Selection
}

// wish is what denials name, and when the first of them was.
type wish struct {
	event.Wanted
	first int64 // in Unix microseconds
}

// wanted returns what denials name and the book does not have, with the number of denials.
// Denials that the report will not show do not count.
func (a *asked) wanted() (list []event.Wanted) {
	wishes, at := []wish{}, map[[3]string]int{}
	of := map[rows.Alike][]int{} // indexes of wishes
	leavesOut := a.leavesOut()
	for n := range a.groups.Keys {
		for r := range a.groups.Rows(n) {
			if r.Micros < a.from || leavesOut(r) {
				continue
			}
			indexes, known := of[r.Alike()]
			if !known {
				d := a.rows.Request(r)
				for _, w := range document.Wanted(d, evaluate.RequestOf(d, &d.Context)) {
					i, twice := at[w.Key()]
					if !twice {
						i = len(wishes)
						at[w.Key()], wishes = i, append(wishes, wish{w, r.Micros})
						wishes[i].Denials = 0
					}
					wishes[i].merge(&w)
					indexes = append(indexes, i)
				}
				of[r.Alike()] = indexes
			}
			for _, i := range indexes {
				wishes[i].Denials++
				wishes[i].first = min(wishes[i].first, r.Micros)
			}
		}
	}
	for i := range wishes {
		if w := &wishes[i]; !a.book.IsKnown(&w.Wanted, time.UnixMicro(w.first)) {
			list = append(list, w.Wanted)
		}
	}
	return list
}

// merge keeps what another denial tells about the same thing. Of two answers the first in
// order of the alphabet counts, so that the order of the denials does not.
func (w *wish) merge(other *event.Wanted) {
	smaller := func(x, y string) string {
		if x == "" || y == "" {
			return cmp.Or(x, y)
		}
		return min(x, y)
	}
	w.Account, w.Region = smaller(w.Account, other.Account), smaller(w.Region, other.Region)
	w.Settings = w.Settings || other.Settings
}

// leavesOut returns whether filters or rules leave out a denial. Those on what is found later
// do not count.
func (a *asked) leavesOut() func(*rows.Row) bool {
	s := a.sel
	if s == nil || s.IsAll() || s.Only.Asks(filter.Incident) {
		return func(*rows.Row) bool { return false }
	}
	t, asked, decided := a.rows, s.Only.Asked(), map[uint32]bool{}
	return func(r *rows.Row) bool {
		n := r.Context()
		out, known := decided[n]
		if !known {
			c := t.Context(n)
			text := func(column rows.Column) string { return t.Text(c.Number(column)) }
			d := filter.Denial{
				Principal: t.Text(t.ShownOf(c)), Action: text(rows.Action), Bucket: text(rows.Bucket),
				BucketAccount: text(rows.BucketAccount), Cause: text(rows.Cause), PolicyARN: text(rows.PolicyARN),
				Recipient: text(rows.Recipient),
			}
			d.Group = GroupID(d.Principal, d.Action, d.Bucket)
			out = s.Excludes(&d) != filter.Nothing
			decided[n] = out
		}
		return out || r.Matched()&asked != asked
	}
}
