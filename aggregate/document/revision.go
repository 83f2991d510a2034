package document

import (
	"slices"

	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/policydoc"
)

// Revision is what a change did to one document.
type Revision struct {
	Of   event.Target
	Name string // of an inline policy, or of settings

	Before, After Held
	// Differences are null where the document before or after the change is not
	// known, and then More is 0. More says how many are left out.
	Differences []policydoc.Difference
	More        int
	Known       bool // of both it is known what they say, or that there was none
}

// Revisions returns what a change did to documents, by its event id. A version of a
// managed policy that the change did not put into force is not one of them.
func (b *Book) Revisions(eventID string) (list []Revision) {
	for _, at := range b.byChange[eventID] {
		entries := b.slots[at]
		i := slices.IndexFunc(entries, func(e entry) bool { return e.file == "" && e.eventID == eventID })
		after, ok := stateAt(entries, i+1)
		if !ok || after.Change != eventID {
			continue
		}
		before, _ := stateAt(entries, i)
		r := Revision{Of: at.of, Name: at.name, Before: before, After: after}
		r.Known = before.Known() && after.Known()
		if r.Known {
			r.Differences, r.More = compare(&before, &after)
		}
		list = append(list, r)
	}
	return list
}

// Known says whether it is known what was held.
func (h *Held) Known() bool { return h.Gone || h.Document != nil || h.Settings != "" }

// compare compares what was held. The list is never nil: null says that the
// differences are not known.
func compare(before, after *Held) (list []policydoc.Difference, more int) {
	if before.Settings != "" || after.Settings != "" {
		list = compareSettings(before.Settings, after.Settings)
	} else {
		list, more = policydoc.Diff(documentOf(before, after), documentOf(after, before))
	}
	if list == nil {
		list = []policydoc.Difference{}
	}
	for i := range list {
		d := &list[i] // an escape in the document can hide a secret until it is read
		d.Sid, d.Before, d.After = field.Redact(d.Sid), field.Redact(d.Before), field.Redact(d.After)
	}
	return list, more
}

// documentOf returns the document, or an empty one in the language of the other.
func documentOf(h, other *Held) *policydoc.Document {
	switch {
	case h.Document != nil:
		return h.Document
	case other.Document != nil:
		return &policydoc.Document{Version: other.Document.Version}
	}
	return &policydoc.Document{}
}

func compareSettings(before, after string) []policydoc.Difference {
	b, _ := readSettings(before)
	a, _ := readSettings(after)
	d := policydoc.Difference{Op: policydoc.Changed, Before: b.without(a), After: a.without(b)}
	switch {
	case d.Before == "" && d.After == "":
		return nil
	case before == "":
		d.Op = policydoc.Added
	case after == "":
		d.Op = policydoc.Removed
	}
	return []policydoc.Difference{d}
}
