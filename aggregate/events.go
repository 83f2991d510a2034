package aggregate

import (
	"slices"
	"time"

	"trail403/aggregate/rows"
	"trail403/ingest/again"
	"trail403/ingest/event"
)

// Events are the denials of a result, in order of time. As an [again.List] they say where
// their records are, so that what a row does not hold is read again.
type Events struct {
	table *rows.Table
	rows  []*rows.Row
	ids   map[rows.GroupKey]ids
}

var _ again.List = (*Events)(nil)

// ids are those of a group, and of its incident if it has one.
type ids struct{ group, incident string }

// Events returns the denials of a result, the newest ones if there are more than most
// (0: all). It has none unless Options.Events was set.
func (r *Result) Events(most int) *Events {
	e := &Events{table: r.table, rows: r.order, ids: map[rows.GroupKey]ids{}}
	if n := len(e.rows); most > 0 && n > most {
		e.rows = e.rows[n-most:]
	}
	incidents := map[string]string{}
	for i := range r.Groups {
		incidents[r.Groups[i].ID] = r.Groups[i].IncidentID
	}
	for _, row := range e.rows {
		k := e.key(row)
		if _, ok := e.ids[k]; !ok {
			id := GroupID(e.table.Text(k.Principal), e.table.Text(k.Action), e.table.Text(k.Bucket))
			e.ids[k] = ids{id, incidents[id]}
		}
	}
	return e
}

// Reverse turns the order around.
func (e *Events) Reverse() {
	e.rows = slices.Clone(e.rows)
	slices.Reverse(e.rows)
}

func (e *Events) key(r *rows.Row) rows.GroupKey {
	c := e.table.Context(r.Context())
	return rows.GroupKey{Principal: e.table.Shown(r), Action: c.Number(rows.Action), Bucket: c.Number(rows.Bucket)}
}

// Span returns the times of the first and the last event.
func (e *Events) Span() (first, last time.Time) {
	if len(e.rows) == 0 {
		return first, last
	}
	from, to := e.rows[0].Micros, e.rows[len(e.rows)-1].Micros
	return time.UnixMicro(min(from, to)).UTC(), time.UnixMicro(max(from, to)).UTC()
}

// Len returns how many events there are.
func (e *Events) Len() int { return len(e.rows) }

// Object returns the number of the object that holds the record of an event.
func (e *Events) Object(i int) uint32 { return e.rows[i].Object() }

// Record returns the number of the record in the object.
func (e *Events) Record(i int) int { return int(e.rows[i].Record()) }

// Fingerprint returns the hash of the record.
func (e *Events) Fingerprint(i int) uint64 { return e.rows[i].Fingerprint() }

// Named returns the object with a number.
func (e *Events) Named(object uint32) event.Object { return e.table.Object(object) }

// IDs returns the ids of the group and the incident that an event belongs to. The
// latter may be empty.
func (e *Events) IDs(i int) (group, incident string) {
	x := e.ids[e.key(e.rows[i])]
	return x.group, x.incident
}

// Complete makes of what the record of an event shows alone what all records show: the
// path of a role, the account of the bucket.
func (e *Events) Complete(i int, d *event.Denial) {
	row := e.rows[i]
	known := e.table.Denial(row)
	d.Principal, d.PrincipalType = known.Principal, known.PrincipalType
	d.BucketAccount, d.WhyNotTold = known.BucketAccount, known.WhyNotTold
	d.Place = known.Place
}
