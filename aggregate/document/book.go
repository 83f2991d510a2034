// Package document keeps the policy documents that the changes in a trail carry, and
// those that files have. It
// answers which of them held when a request was denied, and what a change did to
// the document before it.
//
// The order of its steps, each using only those before it:
//
//  1. settings.go reads the settings of S3 Block Public Access, which are not a policy.
//  2. attached.go notes which policies were attached to a role, user or group.
//     book.go collects the documents, each text parsed once.
//  3. held.go says which document held at a time.
//  4. concerned.go finds the policies that apply to a denial, and wanted.go names those that
//     could be read elsewhere.
//  5. revision.go compares a document with the one before, and complete.go says of whom
//     all policies are known.
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
	file    string  // that has the document, instead of a change
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
	byChange map[string][]slot     // the slots that a change touched, by its event id
	complete map[event.Target]bool // a file has all links and inline policies of it
}

// New makes a book of changes, in any order, and of what files say. Each event is in
// the list once.
func New(changes []event.Change, snapshots ...event.Snapshot) *Book {
	b := &Book{
		slots: map[slot][]entry{}, names: map[event.Target][]string{},
		links: links{}, byChange: map[string][]slot{}, complete: map[event.Target]bool{},
	}
	texts := map[string]*parsed{}
	for i := range changes {
		c := &changes[i]
		b.links.add(c)
		for _, d := range c.Documents {
			e := entry{at: c.Time, eventID: c.EventID, Document: d}
			b.byChange[c.EventID] = append(b.byChange[c.EventID], b.add(e, texts))
		}
	}
	for i := range snapshots {
		s := &snapshots[i]
		b.links.addSnapshot(s)
		for _, of := range s.Complete {
			b.complete[of] = true
		}
		for _, d := range s.Documents {
			b.add(entry{at: s.Time, file: s.File, Document: d}, texts)
		}
	}
	for _, entries := range b.slots {
		slices.SortFunc(entries, func(x, y entry) int {
			return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.eventID, y.eventID), cmp.Compare(x.file, y.file))
		})
	}
	for _, names := range b.names {
		slices.Sort(names)
	}
	b.links.sort()
	return b
}

// add puts a document into its slot, which it returns. Texts that are equal share their
// memory.
func (b *Book) add(e entry, texts map[string]*parsed) slot {
	at := slot{e.Of, e.Document.Name}
	if e.Text != "" {
		p, known := texts[e.Text]
		if !known {
			p = &parsed{}
			if !isSettings(e.Text) {
				p.document, p.problem = policydoc.Parse([]byte(e.Text))
			}
			texts[e.Text] = p
		}
		e.parsed = p
	}
	if b.slots[at] == nil {
		b.names[e.Of] = append(b.names[e.Of], at.name)
	}
	b.slots[at] = append(b.slots[at], e)
	return at
}

// Problem is a document that could not be read.
type Problem struct {
	Of     event.Target
	Name   string // of an inline policy
	Change string // event id of the change that set it
	File   string // or the file that has it
	Err    error
}

// Problems returns the documents that could not be read, in a fixed order.
func (b *Book) Problems() (list []Problem) {
	for at, entries := range b.slots {
		for _, e := range entries {
			if e.parsed != nil && e.parsed.problem != nil {
				list = append(list, Problem{at.of, at.name, e.eventID, e.file, e.parsed.problem})
			}
		}
	}
	slices.SortFunc(list, func(x, y Problem) int {
		return cmp.Or(cmp.Compare(x.Of.Type, y.Of.Type), cmp.Compare(x.Of.Name, y.Of.Name),
			cmp.Compare(x.Name, y.Name), cmp.Compare(x.Change, y.Change), cmp.Compare(x.File, y.File))
	})
	return list
}
