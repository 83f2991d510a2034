package rows

import (
	"math"

	"trail403/ingest/event"
)

// context returns the number of the context of a denial.
func (t *Table) context(d *event.Denial) uint32 {
	now := textsOf(d)
	known, hash := t.recall.place(&now)
	if known.context > 0 && known.hash == hash && t.isContext(known.context-1, &now) {
		return known.context - 1
	}
	t.recall.misses++
	c := Context{Why: now.why, flags: now.flags}
	for i, s := range now.column {
		c.text[i] = t.strings.intern(s)
	}
	n := t.contexts.intern(c)
	*known = place{hash, n + 1}
	return n
}

// isContext says whether the context with a number has these texts.
func (t *Table) isContext(n uint32, x *texts) bool {
	c := &t.contexts.list[n]
	for i := range x.column {
		if t.strings.text(c.text[i]) != x.column[i] {
			return false
		}
	}
	return c.Why == x.why && c.flags == x.flags
}

// setCredentials gives a row the number of the credentials, and when their session
// started. They are usually those of the last row of its context.
func (t *Table) setCredentials(r *Row, c *event.Credentials) {
	// A time that is no real one is as good as none.
	known := c.HasSession && c.TokenIssued >= 0 && c.TokenIssued <= math.MaxUint32
	if known {
		r.issued = uint32(c.TokenIssued)
	}
	t.recall.credentials = grow(t.recall.credentials, len(t.contexts.list))
	last := &t.recall.credentials[r.context]
	if *last == 0 || !t.areCredentials(*last-1, c, known) {
		cred := credentials{roleNamed: c.RoleNamed, hasSession: known, fromConsole: c.FromConsole}
		for i, s := range textsOfCredentials(c) {
			cred.text[i] = t.strings.intern(*s)
		}
		*last = t.credentials.intern(cred) + 1
	}
	r.credentials = *last - 1
}

// areCredentials says whether the credentials with a number are these.
func (t *Table) areCredentials(n uint32, c *event.Credentials, hasSession bool) bool {
	cred := &t.credentials.list[n]
	for i, s := range textsOfCredentials(c) {
		if t.strings.text(cred.text[i]) != *s {
			return false
		}
	}
	return cred.roleNamed == c.RoleNamed && cred.hasSession == hasSession && cred.fromConsole == c.FromConsole
}

// call returns the number of how a request was made, which few denials make differently
// from the one before.
func (t *Table) call(c *event.Call) uint32 {
	if t.recall.hasCall && t.isCall(t.recall.call, c) {
		return t.recall.call
	}
	how := call{encrypted: c.Encrypted, hasParameters: c.HasParameters, hasPrefix: c.HasPrefix}
	for i, s := range textsOfCall(c) {
		how.text[i] = t.strings.intern(*s)
	}
	t.recall.call, t.recall.hasCall = t.calls.intern(how), true
	return t.recall.call
}

// isCall says whether the request with a number was made in this way.
func (t *Table) isCall(n uint32, c *event.Call) bool {
	how := &t.calls.list[n]
	for i, s := range textsOfCall(c) {
		if t.strings.text(how.text[i]) != *s {
			return false
		}
	}
	return how.encrypted == c.Encrypted && how.hasParameters == c.HasParameters && how.hasPrefix == c.HasPrefix
}
