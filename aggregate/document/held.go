package document

import (
	"sort"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Held is what a slot held at a time.
type Held struct {
	Kind    event.Policy
	Name    string // of an inline policy, or of settings
	Version string // of a managed policy
	Since   time.Time
	Change  string // event id of the change that put it into force
	// File is the name of the file that has it, and Read the time at which it held.
	// Since when it did is not known then.
	File string
	Read time.Time

	Document *policydoc.Document // nil if there was none, or it could not be read
	Settings string              // of S3 Block Public Access
	Gone     bool                // it is known that there was no document
	Problem  error               // why the document could not be read
}

// stateAt returns what the slot held after the first n entries. ok is false if the
// trail does not show it.
func stateAt(entries []entry, n int) (h Held, ok bool) {
	if n == 0 {
		return Held{}, false
	}
	last := &entries[n-1]
	if last.Of.Type != managedPolicy || last.Version == "" {
		return last.held(), true
	}
	// A managed policy has versions, of which one is in force.
	for i := n - 1; i >= 0; i-- {
		inForce := &entries[i]
		if !inForce.Default {
			continue
		}
		h = inForce.held()
		for j := i; j >= 0 && inForce.Missing && h.Document == nil; j-- {
			if entries[j].Version == inForce.Version && entries[j].parsed != nil {
				h.Document, h.Problem = entries[j].parsed.document, entries[j].parsed.problem
			}
		}
		return h, true
	}
	return Held{}, false
}

// held returns what the entry put into force.
func (e *entry) held() Held {
	h := Held{Kind: e.Kind, Name: e.Name, Version: e.Version, Gone: e.parsed == nil && !e.Missing}
	if e.file != "" {
		h.File, h.Read = e.file, e.at
	} else {
		h.Since, h.Change = e.at, e.eventID
	}
	if e.parsed != nil {
		h.Document, h.Problem = e.parsed.document, e.parsed.problem
		if h.Document == nil && h.Problem == nil {
			h.Settings = e.Text
		}
	}
	return h
}

// stateBefore returns what a slot held before the entries from n on, if the first of them
// that was in force is of a file: then it can have held for long.
func stateBefore(entries []entry, n int) (h Held, ok bool) {
	for i := n; i < len(entries); i++ {
		e := &entries[i]
		if e.Of.Type == managedPolicy && e.Version != "" && !e.Default {
			continue
		}
		return e.held(), e.file != ""
	}
	return Held{}, false
}

// at returns what each slot of a thing held at the time. A change and a request in
// the same second count as in this order.
func (b *Book) at(of event.Target, at time.Time) (list []Held) {
	for _, name := range b.names[of] {
		entries := b.slots[slot{of, name}]
		n := sort.Search(len(entries), func(i int) bool { return entries[i].at.After(at) })
		h, ok := stateAt(entries, n)
		if !ok {
			h, ok = stateBefore(entries, n)
		}
		if ok {
			list = append(list, h)
		}
	}
	return list
}
