package rows

import (
	"cmp"
	"math"

	"trail403/ingest/identity"
)

// NameRoles decides which name is shown for each principal. Of names that differ
// only in a role's path it is the name of the latest row that has a path: an ARN that
// was made from a session's ARN has none.
func (t *Table) NameRoles() {
	type shown struct {
		name   uint32
		micros int64
		path   bool
	}
	latest := map[string]shown{}
	keys := map[uint32]string{}
	t.eachContext(func(c *Context, micros int64) {
		n := c.text[Principal]
		key, ok := keys[n]
		if !ok {
			key = identity.Key(t.strings.text(n))
			keys[n] = key
		}
		s := shown{n, micros, t.strings.text(n) != key}
		old, ok := latest[key]
		better := s.path && !old.path || s.path == old.path && cmp.Or(
			cmp.Compare(s.micros, old.micros),
			cmp.Compare(t.strings.text(n), t.strings.text(old.name))) > 0
		if !ok || better {
			latest[key] = s
		}
	})
	t.shown = map[uint32]uint32{}
	for n, key := range keys {
		t.shown[n] = latest[key].name
	}
}

// Shown returns the number of the name that is shown for the row's principal.
func (t *Table) Shown(r *Row) uint32 { return t.shown[t.Number(r, Principal)] }

// ShownOf returns the same of a context.
func (t *Table) ShownOf(c *Context) uint32 { return t.shown[c.text[Principal]] }

// Names returns the numbers of all names of principals.
func (t *Table) Names() (numbers []uint32) {
	for n := range t.shown {
		numbers = append(numbers, n)
	}
	return numbers
}

// eachContext walks the contexts of the rows that count, each with the time of its
// latest row.
func (t *Table) eachContext(f func(c *Context, micros int64)) {
	latest := make([]int64, len(t.contexts.list))
	for i := range latest {
		latest[i] = math.MinInt64
	}
	t.Each(func(r *Row) { latest[r.context] = max(latest[r.context], r.Micros) })
	for i, micros := range latest {
		if micros != math.MinInt64 {
			f(&t.contexts.list[i], micros)
		}
	}
}

// EachContext walks the contexts of the rows that count.
func (t *Table) EachContext(f func(*Context)) {
	t.eachContext(func(c *Context, _ int64) { f(c) })
}
