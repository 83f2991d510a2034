package rows

import (
	"math"

	"trail403/ingest/event"
)

// Add appends a denial.
func (t *Table) Add(d *event.Denial) {
	r := t.rowOf(d)
	if t.spare.has(d) {
		t.rows.add(r)
		return
	}
	c := &t.contexts.list[r.context]
	b := t.besideOf(r.context)
	r.keyPrefix = t.addKey(&b.keys, c.text[Cause], c.text[DeniedAction], d.Key)
	t.rows.add(r)
	if b.takes(r.Micros, t.allDetails) {
		detail := Detail{event: r.event, micros: r.Micros, flags: c.flags, fingerprint: r.fingerprint}
		caller := ""
		if t.allDetails { // examples do not show it
			caller = d.CallerARN
		}
		detail.setTexts(d.Message, d.Key, d.Session, d.RequestID, caller)
		b.addDetail(detail, t.allDetails)
	}
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
	t.setConditions(&r, &d.Context)
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

// context returns the number of the context of a denial.
func (t *Table) context(d *event.Denial) uint32 {
	now := textsOf(d)
	known := t.recall.place(d)
	if known.known && known.texts == now {
		return known.number
	}
	t.recall.misses++
	c := Context{Why: whyOf(d.WhyNotTold)}
	for i, s := range now.column {
		c.text[i] = t.strings.intern(s)
	}
	if now.hasARN {
		c.flags |= hasARN
	}
	if now.isRequester {
		c.flags |= requester
	}
	n := t.contexts.intern(c)
	*known = recalled{now, n, true}
	return n
}

// setConditions gives a row the numbers of what conditions compare.
func (t *Table) setConditions(r *Row, c *event.Context) {
	// A time that is no real one is as good as none.
	known := c.HasSession && c.TokenIssued >= 0 && c.TokenIssued <= math.MaxUint32
	cred := credentials{roleNamed: c.RoleNamed, hasSession: known, fromConsole: c.FromConsole}
	if known {
		r.issued = uint32(c.TokenIssued)
	}
	for i, s := range textsOfCredentials(&c.Credentials) {
		cred.text[i] = t.strings.intern(*s)
	}
	how := call{encrypted: c.Encrypted, hasParameters: c.HasParameters, hasPrefix: c.HasPrefix}
	for i, s := range textsOfCall(&c.Call) {
		how.text[i] = t.strings.intern(*s)
	}
	r.credentials, r.call = t.credentials.intern(cred), t.calls.intern(how)
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
