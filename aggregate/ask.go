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

// ask asks AWS for the policies that denials name and that are not known from the trail and
// the files, if that was asked for. Denials that the report will not show do not count.
func (b *builder) ask() {
	if b.opts.Live == nil {
		return
	}
	b.Live = b.opts.Live(b.wanted())
	if b.Live != nil && len(b.Live.Snapshots) > 0 {
		b.opts.Policies = append(b.opts.Policies[:len(b.opts.Policies):len(b.opts.Policies)], b.Live.Snapshots...)
		b.book = document.New(b.changes, b.opts.Policies...)
	}
}

// wish is what denials name, and when the first of them was.
type wish struct {
	event.Wanted
	first int64 // in Unix microseconds
}

// wanted returns what denials name, with the number of denials.
func (b *builder) wanted() (list []event.Wanted) {
	wishes, at := []wish{}, map[[3]string]int{}
	of := map[rows.Alike][]int{} // indexes of wishes
	leavesOut := b.leavesOut()
	for n := range b.groups.Keys {
		for r := range b.groups.Rows(n) {
			if r.Micros < b.from() || leavesOut(r) {
				continue
			}
			indexes, known := of[r.Alike()]
			if !known {
				d := b.rows.Request(r)
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
		if w := &wishes[i]; !b.book.IsKnown(&w.Wanted, time.UnixMicro(w.first)) {
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
func (b *builder) leavesOut() func(*rows.Row) bool {
	s := b.opts.Select
	if s == nil || s.IsAll() || s.Only.Asks(filter.Incident) {
		return func(*rows.Row) bool { return false }
	}
	t, asked, decided := b.rows, s.Only.Asked(), map[uint32]bool{}
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
