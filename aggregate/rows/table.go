package rows

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/filter"
	"trail403/ingest/event"
)

// Table holds denials as rows, the dictionary of their strings, and what examples
// need beside them.
type Table struct {
	rows     list
	strings  dictionary
	contexts numbers[Context]
	objects  objects
	recall   recall
	// credentials and calls are what conditions compare.
	credentials numbers[credentials]
	calls       numbers[call]
	// shared are the ids that copies of events in several accounts have alike, and
	// originals those of the records that rows update. Few rows have one.
	shared, originals []alias
	// oddIDs are the texts of event ids that are not UUIDs.
	oddIDs map[id]string
	// besides holds what is kept of each principal, action and bucket beside its rows.
	besides    map[GroupKey]*beside
	ofContext  []*beside // the same by the number of a context, where known
	absorber   *Table    // absorbed this one before, or nil
	mapped     mapping   // to the absorber
	generation int       // how often the numbers started again
	shortened  bool      // some of them have shorter prefixes of keys
	allDetails bool
	changes    []event.Change
	documents  documentTexts
	shapes     shapes
	keyUses    map[event.KeyUse]bool
	shown      map[uint32]uint32 // the principal names to show, see NameRoles
	matched    filter.Fulfilled  // by the denial that is added next
	spare      *spare            // denials beside which nothing is kept, or nil
}

// alias is one more id of a row.
type alias struct {
	row int
	id  id
}

// Context returns the context with a number. It is valid until the table changes.
func (t *Table) Context(n uint32) *Context { return &t.contexts.list[n] }

// Contexts returns how many contexts there are. Their numbers are below it.
func (t *Table) Contexts() int { return len(t.contexts.list) }

// Number returns the number of a string of a row, which [Table.Text] turns into the
// string.
func (t *Table) Number(r *Row, c Column) uint32 {
	switch c {
	case SourceIP:
		return r.sourceIP
	case KeyPrefix:
		return r.keyPrefix
	}
	return t.contexts.list[r.context].text[c]
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

// SpansIn returns for each account that received records when the first and the last
// denial was in the objects that a function chooses.
func (t *Table) SpansIn(chosen func(*event.Object) bool) map[string][2]time.Time {
	in := make([]bool, len(t.objects.list)+1)
	for i := range t.objects.list {
		in[i+1] = chosen(&t.objects.list[i])
	}
	spans := map[uint32][2]int64{}
	t.Each(func(r *Row) {
		if !in[r.object] {
			return
		}
		account := t.contexts.list[r.context].text[Recipient]
		span, ok := spans[account]
		if !ok {
			span = [2]int64{r.Micros, r.Micros}
		}
		spans[account] = [2]int64{min(span[0], r.Micros), max(span[1], r.Micros)}
	})
	all := map[string][2]time.Time{}
	for account, span := range spans {
		all[t.Text(account)] = [2]time.Time{time.UnixMicro(span[0]).UTC(), time.UnixMicro(span[1]).UTC()}
	}
	return all
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

// Place returns where the record of a row was read.
func (t *Table) Place(r *Row) event.Place {
	return event.Place{Object: t.objects.of(r.object), Record: int(r.record)}
}

// Object returns the object with a number.
func (t *Table) Object(n uint32) event.Object { return t.objects.of(n) }

// Detail returns what is kept beside the row, or the zero Detail if nothing is.
func (t *Table) Detail(r *Row) Detail {
	if b := t.besides[t.contexts.list[r.context].group()]; b != nil {
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

// OnlyKeys returns the KMS key of each bucket for which the denials, and KMS's own, name
// exactly one.
func (t *Table) OnlyKeys() map[string]string {
	only := map[string]string{}
	add := func(bucket, key string) {
		known, ok := only[bucket]
		switch {
		case bucket == "" || key == "":
		case !ok:
			only[bucket] = key
		case known != key:
			only[bucket] = "" // there are several
		}
	}
	for use := range t.keyUses {
		add(use.Bucket, use.Key)
	}
	for i := range t.contexts.list {
		c := &t.contexts.list[i]
		add(t.Text(c.Number(Bucket)), t.Text(c.Number(KMSKey)))
	}
	return only
}

// TakeChanges returns the changes of the table, which no longer holds them.
func (t *Table) TakeChanges() []event.Change {
	changes := t.changes
	t.changes, t.documents = nil, nil
	return changes
}

// CompareRows orders rows by time and event id.
func (t *Table) CompareRows(a, b *Row) int {
	if c := cmp.Compare(a.Micros, b.Micros); c != 0 {
		return c
	}
	c := 0
	if len(t.oddIDs) > 0 || (a.flags|b.flags)&noEventID != 0 {
		c = cmp.Compare(t.EventID(a), t.EventID(b))
	} else {
		c = bytes.Compare(a.event[:], b.event[:])
	}
	if c = cmp.Or(c, cmp.Compare(a.fingerprint, b.fingerprint)); c == 0 {
		return t.objects.compare(a, b)
	}
	return c
}

// beside returns what is kept beside the rows of a principal, action and bucket.
func (t *Table) beside(k GroupKey) *beside {
	b := t.besides[k]
	if b == nil {
		if t.besides == nil {
			t.besides = map[GroupKey]*beside{}
		}
		b = &beside{words: wordsOf(t.Text(k.Principal), t.Text(k.Action), t.Text(k.Bucket))}
		t.besides[k] = b
	}
	return b
}

// besideOf returns what is kept beside the rows of a context and others of its group.
func (t *Table) besideOf(context uint32) *beside {
	b := t.knownBeside(context)
	if b == nil {
		b = t.beside(t.contexts.list[context].group())
		t.ofContext[context] = b
	}
	return b
}

// knownBeside returns the same, or nil if there is nothing yet.
func (t *Table) knownBeside(context uint32) *beside {
	t.ofContext = grow(t.ofContext, len(t.contexts.list))
	if t.ofContext[context] == nil {
		t.ofContext[context] = t.besides[t.contexts.list[context].group()]
	}
	return t.ofContext[context]
}

// reset empties the table for reuse. Strings and contexts stay, since the next object
// usually has the same. What grew large is released: clearing a map would cost as much
// as its size.
func (t *Table) reset() {
	const large = 8192
	t.rows.reset()
	t.objects.reset()
	t.shared, t.originals = t.shared[:0], t.originals[:0]
	t.changes, t.documents, t.keyUses = nil, nil, nil
	t.shortened = false
	clear(t.ofContext)
	if len(t.strings.list) > large || max(len(t.contexts.list), len(t.credentials.list), len(t.calls.list)) > large {
		t.strings, t.contexts = dictionary{}, numbers[Context]{}
		t.credentials, t.calls = numbers[credentials]{}, numbers[call]{}
		t.recall.forget()
		t.ofContext, t.mapped, t.absorber = nil, mapping{}, nil
		t.generation++
	}
	if len(t.besides) > large {
		t.besides = nil
	}
	clear(t.besides)
	clear(t.oddIDs)
}
