package rows

import (
	"math"

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
		x.shape = t.shapes.share(b.words.shapeOf(d.Message, d.Key, d.Session))
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
	context, known := t.context(d)
	r := Row{
		Micros:      d.Time.UnixMicro(),
		fingerprint: d.Fingerprint,
		context:     context,
		sourceIP:    t.strings.intern(d.SourceIP),
		object:      t.objects.intern(d.Place.Object),
		record:      uint32(d.Place.Record),
		matched:     t.matched,
	}
	t.setCredentials(&r, d.Context.Credentials, known)
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

// context returns the number of the context of a denial, and what is remembered of it.
func (t *Table) context(d *event.Denial) (uint32, *recalled) {
	now := textsOf(d)
	known := t.recall.place(d)
	if known.known && known.texts == now {
		return known.number, known
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
	*known = recalled{texts: now, number: n, known: true}
	return n, known
}

// setCredentials gives a row the number of the credentials, and when their session started.
func (t *Table) setCredentials(r *Row, c event.Credentials, known *recalled) {
	// A time that is no real one is as good as none.
	if c.HasSession = c.HasSession && c.TokenIssued >= 0 && c.TokenIssued <= math.MaxUint32; c.HasSession {
		r.issued = uint32(c.TokenIssued)
	}
	c.TokenIssued = 0
	if !known.hasCredentials || known.credentials != c {
		cred := credentials{roleNamed: c.RoleNamed, hasSession: c.HasSession, fromConsole: c.FromConsole}
		for i, s := range textsOfCredentials(&c) {
			cred.text[i] = t.strings.intern(*s)
		}
		known.credentials, known.hasCredentials = c, true
		known.credentialsNumber = t.credentials.intern(cred)
	}
	r.credentials = known.credentialsNumber
}

// call returns the number of how a request was made, which few denials make differently
// from the one before.
func (t *Table) call(c *event.Call) uint32 {
	last := &t.recall
	if last.hasCall && last.call == *c {
		return last.callNumber
	}
	how := call{encrypted: c.Encrypted, hasParameters: c.HasParameters, hasPrefix: c.HasPrefix}
	for i, s := range textsOfCall(c) {
		how.text[i] = t.strings.intern(*s)
	}
	last.call, last.callNumber, last.hasCall = *c, t.calls.intern(how), true
	return last.callNumber
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
