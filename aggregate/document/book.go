// Package document keeps the policy documents that the changes in a trail carry. It
// answers which of them held when a request was denied, and what a change did to
// the document before it.
//
// The order of its steps, each using only those before it:
//
//  1. settings.go reads the settings of S3 Block Public Access, which are not a policy.
//  2. attached.go notes which policies were attached to a role, user or group.
//     book.go collects the documents, each text parsed once.
//  3. held.go says which document held at a time.
//  4. concerned.go finds the policies that apply to a denial.
//  5. revision.go compares a document with the one before.
package document

import (
	"cmp"
	"slices"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// slot is a place for one document: that of a bucket, or of one inline policy.
type slot struct {
	of   event.Target
	name string
}

// entry is a document in a slot, from a time on.
type entry struct {
	at      time.Time
	eventID string
	parsed  *parsed // nil where there is no document from then on
	event.Document
}

// parsed is a text and what it says.
type parsed struct {
	document *policydoc.Document
	problem  error
}

// Book holds the documents. It does not change after it was made.
type Book struct {
	slots    map[slot][]entry
	names    map[event.Target][]string // of the slots of a thing, sorted
	links    links
	byChange map[string][]slot // the slots that a change touched, by its event id
}

// New makes a book of changes, in any order. Each event is in the list once.
func New(changes []event.Change) *Book {
	b := &Book{
		slots: map[slot][]entry{}, names: map[event.Target][]string{},
		links: links{}, byChange: map[string][]slot{},
	}
	texts := map[string]*parsed{}
	for i := range changes {
		c := &changes[i]
		b.links.add(c)
		for _, d := range c.Documents {
			b.add(c, d, texts)
		}
	}
	for _, entries := range b.slots {
		slices.SortFunc(entries, func(x, y entry) int {
			return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.eventID, y.eventID))
		})
	}
	for _, names := range b.names {
		slices.Sort(names)
	}
	b.links.sort()
	return b
}

// add puts a document into its slot. Texts that are equal share their memory.
func (b *Book) add(c *event.Change, d event.Document, texts map[string]*parsed) {
	at := slot{d.Of, d.Name}
	e := entry{at: c.Time, eventID: c.EventID, Document: d}
	if d.Text != "" {
		p, known := texts[d.Text]
		if !known {
			p = &parsed{}
			if !isSettings(d.Text) {
				p.document, p.problem = policydoc.Parse([]byte(d.Text))
			}
			texts[d.Text] = p
		}
		e.parsed = p
	}
	if b.slots[at] == nil {
		b.names[d.Of] = append(b.names[d.Of], d.Name)
	}
	b.slots[at] = append(b.slots[at], e)
	b.byChange[c.EventID] = append(b.byChange[c.EventID], at)
}

// Problem is a document that could not be read.
type Problem struct {
	Of     event.Target
	Name   string // of an inline policy
	Change string // event id of the change that set it
	Err    error
}

// Problems returns the documents that could not be read, in a fixed order.
func (b *Book) Problems() (list []Problem) {
	for at, entries := range b.slots {
		for _, e := range entries {
			if e.parsed != nil && e.parsed.problem != nil {
				list = append(list, Problem{at.of, at.name, e.eventID, e.parsed.problem})
			}
		}
	}
	slices.SortFunc(list, func(x, y Problem) int {
		return cmp.Or(cmp.Compare(x.Of.Type, y.Of.Type), cmp.Compare(x.Of.Name, y.Of.Name),
			cmp.Compare(x.Name, y.Name), cmp.Compare(x.Change, y.Change))
	})
	return list
}
