package recovery

import (
	"sync"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Watch is what was found out about some groups. Its memory is bounded, and grows with
// the groups, not with the requests.
type Watch struct {
	numbers map[key]int // of the groups
	denied  []Denied

	mu    sync.Mutex
	found []found
}

// key is what the requests of a group have alike.
type key struct{ principal, action, bucket string }

// found is what the requests of a group show.
type found struct {
	before bool // one succeeded in such a place while the group was denied
	here   sample
	other  sample
}

// NewWatch returns a watch for groups that are still to be added.
func NewWatch() *Watch { return &Watch{numbers: map[key]int{}} }

// Add adds a group. Its number is how many came before it. The path of a role does not
// matter, since it can differ between records.
func (w *Watch) Add(principal, action, bucket string, d Denied) {
	n := len(w.denied)
	w.numbers[key{identity.Key(principal), action, bucket}] = n
	w.denied, w.found = append(w.denied, d), append(w.found, found{})
}

// From returns when the first group was denied first, the zero time without groups.
func (w *Watch) From() (from time.Time) {
	for i := range w.denied {
		if at := w.denied[i].First; from.IsZero() || at.Before(from) {
			from = at
		}
	}
	return from
}

// success is a successful request that says something about a group.
type success struct {
	group int
	id
	micros int64
	kind   kind
}

// kind says what a success shows.
type kind int

const (
	before kind = iota // the place was open while the group was denied
	here               // the place is open
	other              // another place is open
)

// success returns what a request shows. ok is false if it shows nothing. A record that
// updates another one is left out, since that one counts.
func (w *Watch) success(r *event.Denial) (s success, ok bool) {
	if r.ErrorCode != "" || r.OriginalEventID != "" {
		return s, false
	}
	n, ok := w.numbers[key{identity.Key(r.Principal), r.Action, r.Bucket}]
	if !ok {
		return s, false
	}
	d := &w.denied[n]
	isPlace := d.isPlace(r.Key)
	s = success{group: n, micros: r.Time.UnixMicro()}
	switch {
	case r.Time.Before(d.First), !r.Time.After(d.Last) && !isPlace:
		return s, false
	case !r.Time.After(d.Last):
		s.kind = before
		return s, true
	case isPlace:
		s.kind = here
	default:
		s.kind = other
	}
	s.id = idOf(r)
	return s, true
}

// take takes the successes of an object.
func (w *Watch) take(list []success) {
	if len(list) == 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	most := most(len(w.denied))
	for _, s := range list {
		switch f := &w.found[s.group]; s.kind {
		case before:
			f.before = true
		case here:
			f.here.add(s.id, s.micros, most)
		case other:
			f.other.add(s.id, s.micros, most)
		}
	}
}

// Recovery returns what is known of the group with a number.
func (w *Watch) Recovery(n int) *Recovery {
	f, most := &w.found[n], most(len(w.denied))
	if len(f.here.ids) > 0 && !f.before {
		return f.here.recovery(Fixed, most)
	}
	for _, x := range f.here.ids {
		f.other.add(x, f.here.first, most)
	}
	if len(f.other.ids) == 0 {
		return &Recovery{State: None}
	}
	return f.other.recovery(Elsewhere, most)
}
