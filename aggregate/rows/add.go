package rows

import (
	"trail403/ingest"
	"trail403/ingest/event"
)

// Add appends a denial.
func (t *Table) Add(d *event.Denial) { _ = t.addLate(d, complete{}) }

// complete is the rest of a denial that lacks nothing.
type complete struct{}

func (complete) Complete() error { return nil }

// addLate appends a denial that lacks what only details show. It can fail to get that.
func (t *Table) addLate(d *event.Denial, rest ingest.Completer) error {
	r := t.rowOf(d)
	if t.spare.has(d) {
		t.rows.add(r)
		return nil
	}
	c := &t.contexts.list[r.context]
	b := t.besideOf(r.context)
	r.keyPrefix = t.addKey(&b.keys, c.text[Cause], c.text[DeniedAction], d.Key)
	t.rows.add(r)
	if b.takes(r.Micros, t.allDetails) && !t.isLate(&r) {
		if err := rest.Complete(); err != nil {
			return err
		}
		x := detail{event: r.event, micros: r.Micros, flags: c.flags, fingerprint: r.fingerprint}
		x.shape = t.shapes.of(b.words, d.Message, d.Key, d.Session)
		caller := ""
		if t.allDetails { // examples do not show it
			caller = d.CallerARN
		}
		x.setTexts(d.Key, d.Session, d.RequestID, caller)
		b.addDetail(x, t.allDetails)
	}
	return nil
}

// isLate says whether the table that absorbs this one has details of earlier denials, so
// that it would not take one of the row.
func (t *Table) isLate(r *Row) bool {
	m := &t.mapped
	if t.absorber == nil || m.generation != t.absorber.generation ||
		int(r.context) >= len(m.contexts) || m.contexts[r.context] == 0 {
		return false
	}
	b := t.absorber.knownBeside(m.contexts[r.context] - 1)
	return b != nil && !b.takes(r.Micros, t.allDetails)
}

// rowOf makes the row of a denial, all but the prefix of its object key.
func (t *Table) rowOf(d *event.Denial) Row {
	r := Row{
		Micros:      d.Time.UnixMicro(),
		fingerprint: d.Fingerprint,
		context:     t.context(d),
		sourceIP:    t.strings.intern(d.SourceIP),
		object:      t.objects.intern(d.Place.Object),
		record:      uint32(d.Place.Record),
		matched:     t.matched,
	}
	t.setCredentials(&r, &d.Context.Credentials)
	r.call = t.call(&d.Context.Call)
	if d.EventID == "" {
		r.flags |= noEventID
		r.event = fingerprintID(d.Fingerprint)
		return r
	}
	r.event = t.id(d.EventID)
	if d.SharedEventID != "" {
		x, _ := idOf(d.SharedEventID)
		t.shared = append(t.shared, alias{t.rows.n, x})
	}
	if d.OriginalEventID != "" {
		x, _ := idOf(d.OriginalEventID)
		t.originals = append(t.originals, alias{t.rows.n, x})
		r.flags |= updates
	}
	return r
}

func (t *Table) id(s string) id {
	x, isUUID := idOf(s)
	if !isUUID {
		if t.oddIDs == nil {
			t.oddIDs = map[id]string{}
		}
		t.oddIDs[x] = s
	}
	return x
}

// mostKeyUses bounds how many pairs of bucket and KMS key are kept, of one object and
// in total. There are about as many as encrypted buckets.
const mostKeyUses = 100_000

// addKeyUse notes a KMS key that a bucket's objects are encrypted with.
func (t *Table) addKeyUse(use event.KeyUse) {
	if t.keyUses == nil {
		t.keyUses = map[event.KeyUse]bool{}
	}
	if len(t.keyUses) < mostKeyUses {
		t.keyUses[use] = true
	}
}
