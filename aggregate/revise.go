package aggregate

import (
	"slices"

	"trail403/aggregate/document"
	"trail403/ingest/event"
)

// revise finds what the changes of the result did to policy documents. Of all others,
// only those of the same documents are looked at, since reading a document takes time
// and memory. What files say is compared with them, too. Afterwards the changes hold no
// document: a report shows what differs, and nothing else of it.
func (r *Result) revise(all []event.Change, files ...event.Snapshot) {
	concerned := map[event.Target]bool{}
	for i := range r.Changes {
		for _, d := range r.Changes[i].Documents {
			concerned[d.Of] = true
		}
	}
	if len(concerned) == 0 {
		return
	}
	var history []event.Change
	for i := range all {
		if slices.ContainsFunc(all[i].Documents, func(d event.Document) bool { return concerned[d.Of] }) {
			history = append(history, all[i])
		}
	}
	book := document.New(history, files...)
	r.Revisions = map[int][]Revision{}
	for i := range r.Changes {
		c := &r.Changes[i]
		c.Documents = nil
		if c.EventID == "" {
			continue // the book knows changes by their event ids
		}
		if list := book.Revisions(c.EventID); list != nil {
			r.Revisions[i] = list
		}
	}
}
