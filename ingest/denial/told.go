package denial

import (
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/identity"
	"trail403/ingest/message"
)

// told is what an error message says, ready for a denial.
type told struct {
	text      string // redacted
	cause     event.Cause
	action    string
	policyARN string
	principal string
	session   string // of the principal
	resource  string // not redacted
}

// tell reads an error message.
func tell(value []byte) told {
	raw := field.Text(value) // redaction would make a cut message look complete
	m := message.Parse(raw)
	t := told{
		text: field.Redact(raw), cause: m.Cause, action: field.Redact(m.Action), policyARN: field.Redact(m.PolicyARN),
		principal: field.Redact(m.Principal), resource: m.Resource,
	}
	t.session = identity.SessionOf(t.principal)
	return t
}

// nothingTold is what a record without a message says.
var nothingTold = tell(nil)
