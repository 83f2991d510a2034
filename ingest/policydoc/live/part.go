package live

import (
	"context"

	"trail403/ingest/event"
	"trail403/ingest/field"
)

// maxDocument is how large a policy can be. AWS stores none that is as large.
const maxDocument = 128 << 10

// part is what was read of one thing.
type part struct {
	event.Snapshot
	settings *event.BucketSettings
	failures []event.Unread
	notes    []event.Unread
	read     int // documents

	c       *client
	of      event.Target
	account string
}

// add adds a document. A text that is empty says that there is none.
func (p *part) add(kind event.Policy, of event.Target, name, text string) {
	d := event.Document{Kind: kind, Of: of, Name: field.Redact(name)}
	if len(text) > maxDocument {
		d.Missing = true
		p.note(of, "the policy is larger than any that AWS stores")
	} else {
		d.Text = field.Redact(text)
	}
	if d.Text != "" {
		p.read++
	}
	p.Documents = append(p.Documents, d)
}

// fail notes that a call failed. It says whether there is an error.
func (p *part) fail(ctx context.Context, op int, err error) bool {
	if err != nil && ctx.Err() == nil {
		p.failures = append(p.failures, p.c.unread(op, p.of, p.account, err))
	}
	return err != nil
}

// skip notes that AWS is not asked about a name. It is not repeated: it can be anything.
func (p *part) skip() {
	p.notes = append(p.notes, event.Unread{Why: "a name in the records is not one that AWS gives out, so AWS was not asked about it"})
}

func (p *part) note(of event.Target, text string) {
	p.notes = append(p.notes, event.Unread{Of: of, Account: p.account, Why: text})
}
