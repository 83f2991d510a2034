package rows

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"trail403/ingest/event"
)

// Table holds denials as rows, the dictionary of their strings, and what examples
// need beside them.
type Table struct {
	rows    list
	strings dictionary
	// originals are the ids of the records that rows update. Few rows have one.
	originals []original
	// oddIDs are the texts of event ids that are not UUIDs.
	oddIDs map[id]string
	// besides holds what is kept of each principal, action and bucket beside its rows.
	besides    map[GroupKey]*beside
	shortened  bool // some of them have shorter prefixes of keys
	allDetails bool
	changes    []event.Change
	keyUses    map[event.KeyUse]bool
	shown      map[uint32]uint32 // the principal names to show, see NameRoles
	spare      *spare            // denials beside which nothing is kept, or nil
}

type original struct {
	row int
	id  id
}

// Text returns the string of a number.
func (t *Table) Text(n uint32) string { return t.strings.text(n) }

// Texts returns the strings of the numbers, sorted, at most so many.
func (t *Table) Texts(numbers map[uint32]bool, most int) []string {
	var list []string
	for n := range numbers {
		list = append(list, t.strings.text(n))
	}
	slices.Sort(list)
	return list[:min(len(list), most)]
}

// Intern returns the number of a string.
func (t *Table) Intern(s string) uint32 { return t.strings.intern(s) }

// Each walks the rows that count.
func (t *Table) Each(f func(*Row)) {
	for i := range t.rows.n {
		if r := t.rows.at(i); r.flags&dropped == 0 {
			f(r)
		}
	}
}

// Span returns the times of the first and last denial from a time on, zero if there is
// none.
func (t *Table) Span(from int64) (first, last time.Time) {
	t.Each(func(r *Row) {
		if r.Micros < from {
			return
		}
		at := time.UnixMicro(r.Micros).UTC()
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if last.IsZero() || at.After(last) {
			last = at
		}
	})
	return first, last
}

// DropBefore takes the rows before a time out of everything that is counted, and
// returns how many it took.
func (t *Table) DropBefore(from int64) (dropped int) {
	t.Each(func(r *Row) {
		if r.Micros < from {
			r.Drop()
			dropped++
		}
	})
	return dropped
}

// EventID returns the text of the row's event id, or the empty string if the record
// has none.
func (t *Table) EventID(r *Row) string {
	if r.flags&noEventID != 0 {
		return ""
	}
	if s, ok := t.oddIDs[r.event]; ok {
		return s
	}
	return r.event.String()
}

// Detail returns what is kept beside the row, or the zero Detail if nothing is.
func (t *Table) Detail(r *Row) Detail {
	if b := t.besides[r.group()]; b != nil {
		return b.detail(r)
	}
	return Detail{}
}

// Forget releases what is kept beside the rows of the given entries, unless the
// details of all denials are wanted.
func (t *Table) Forget(entries []GroupKey) {
	if t.allDetails {
		return
	}
	for _, k := range entries {
		delete(t.besides, k)
	}
}

// KeyUses returns which KMS keys the objects of buckets were seen to be encrypted
// with.
func (t *Table) KeyUses() map[event.KeyUse]bool { return t.keyUses }

// TakeChanges returns the changes of the table, which no longer holds them.
func (t *Table) TakeChanges() []event.Change {
	changes := t.changes
	t.changes = nil
	return changes
}

// CompareRows orders rows by time and event id.
func (t *Table) CompareRows(a, b *Row) int {
	if c := cmp.Compare(a.Micros, b.Micros); c != 0 {
		return c
	}
	if len(t.oddIDs) > 0 || (a.flags|b.flags)&noEventID != 0 {
		return cmp.Or(cmp.Compare(t.EventID(a), t.EventID(b)), cmp.Compare(a.fingerprint, b.fingerprint))
	}
	return cmp.Or(bytes.Compare(a.event[:], b.event[:]), cmp.Compare(a.fingerprint, b.fingerprint))
}

// beside returns what is kept beside the rows of a principal, action and bucket.
func (t *Table) beside(k GroupKey) *beside {
	b := t.besides[k]
	if b == nil {
		if t.besides == nil {
			t.besides = map[GroupKey]*beside{}
		}
		b = &beside{}
		t.besides[k] = b
	}
	return b
}

// reset empties the table for reuse. Maps that grew large are released: clearing
// them would cost as much as their size.
func (t *Table) reset() {
	const large = 4096
	t.rows.reset()
	t.originals = t.originals[:0]
	t.changes, t.keyUses = nil, nil
	t.shortened = false
	t.strings.reset(large)
	if len(t.besides) > large {
		t.besides = nil
	}
	clear(t.besides)
	clear(t.oddIDs)
}
