package denial

import (
	"strings"

	"trail403/ingest/field"
	"trail403/ingest/message"
)

// tell reads an error message.
func (d *Decoder) tell(value []byte) told {
	raw := field.Text(value) // redaction would make a cut message look complete
	m := message.Parse(raw)
	return told{
		text: field.Redact(raw), cause: m.Cause, action: d.redacted(m.Action), policyARN: d.redacted(m.PolicyARN),
		principal: m.Principal, resource: m.Resource,
	}
}

// redacted returns a part of a message as it may be shown. It is the same memory for
// all messages with that part.
func (d *Decoder) redacted(part string) string {
	if part == "" || len(part) > longestPart {
		return field.Redact(part)
	}
	s, ok := d.known[part]
	if !ok {
		if d.known == nil || len(d.known) >= mostParts {
			d.known = map[string]string{}
		}
		part = strings.Clone(part) // not the message
		s = field.Redact(part)
		d.known[part] = s
	}
	return s
}

// What is remembered of parts of messages is bounded.
const (
	longestPart = 512
	mostParts   = 2048
)
