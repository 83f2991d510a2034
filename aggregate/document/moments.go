package document

import (
	"slices"
	"strings"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

// Moments returns the times at which the policies can change that [Book.Concerned]
// returns for a request, sorted. Between two of them they stay the same. There are none
// if no document ever concerns the request.
func (b *Book) Moments(d *event.Denial, action, accessPoint string) []time.Time {
	m := moments{book: b}
	if key, ok := change.OfKey(d.KMSKey); ok && event.IsKMS(action) {
		m.add(key)
	} else {
		m.add(event.Target{Type: change.Bucket, Name: d.Bucket})
		point, _, _ := strings.Cut(accessPoint, "/object/")
		m.add(event.Target{Type: change.AccessPoint, Name: point})
	}
	m.add(event.Target{Type: change.Endpoint, Name: d.VPCEndpoint})
	if caller, ok := change.OfPrincipal(d.Principal); ok && caller.Type != change.Account {
		m.addCaller(caller)
	}
	if named, ok := change.OfPolicy(d.PolicyARN); ok {
		m.add(named)
	} else if kind := d.Cause.Policy(); kind == event.SCP || kind == event.RCP {
		for _, l := range b.links[event.Target{Type: change.Account, Name: restricted(d, kind)}] {
			m.list = append(m.list, l.at)
			m.add(l.to)
		}
	}
	if !m.found {
		return nil
	}
	slices.SortFunc(m.list, time.Time.Compare)
	return slices.CompactFunc(m.list, time.Time.Equal)
}

// moments collects times.
type moments struct {
	book  *Book
	list  []time.Time
	found bool // there is a document
}

// add adds the times of the documents of a thing.
func (m *moments) add(of event.Target) {
	for _, name := range m.book.names[of] {
		for _, e := range m.book.slots[slot{of, name}] {
			m.found = true
			m.list = append(m.list, e.at)
		}
	}
}

// addCaller adds the policies of a caller, and of all groups that it was ever in.
func (m *moments) addCaller(caller event.Target) {
	holders := []event.Target{caller}
	for i := 0; i < len(holders); i++ {
		m.add(holders[i])
		for _, l := range m.book.links[holders[i]] {
			m.list = append(m.list, l.at)
			switch {
			case l.to.Type != change.Group:
				m.add(l.to)
			case !slices.Contains(holders, l.to):
				holders = append(holders, l.to)
			}
		}
	}
}

// IsEmpty says whether the book has no document.
func (b *Book) IsEmpty() bool { return len(b.slots) == 0 }
