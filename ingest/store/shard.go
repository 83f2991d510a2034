package store

import (
	"slices"
	"strings"

	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/redact"
	"trail403/ingest/source"
)

// Shard takes what one worker finds. It is an ingest.Sink that also wants to see records
// and what became of entries.
type Shard struct {
	done func(src source.Source, e source.Entry, found *coverage.Coverage, rows []row) error
	// staged holds the rows of the object that is being read. If that is an archive, the
	// next one holds those of its current member until it is committed.
	staged [][]row
	level  int
	ready  []row // of the entry that is being read

	named  event.Object // the object that is being read, and
	object event.Object // what is kept of it
	at     event.Place
	record string
}

// See keeps the record of the event that comes next, without secrets.
func (s *Shard) See(at event.Place, record []byte) {
	if at.Object != s.named {
		s.named, s.object = at.Object, cleaned(at.Object)
	}
	s.at, s.record = event.Place{Object: s.object, Record: at.Record}, redact.Text(string(record))
}

// cleaned returns an object whose name has no secrets, and is not a part of a longer text.
// Its records can be had again at any time: the store keeps them.
func cleaned(o event.Object) event.Object {
	entry := redact.Text(o.EntryName())
	o.Name = strings.Clone(entry + redact.Text(o.Name[o.Entry:]))
	o.Entry, o.Once = len(entry), false
	return o
}

// Add takes a denial.
func (s *Shard) Add(d *event.Denial) error {
	own := *d
	own.Place = s.at
	s.add(row{denial: &own})
	return nil
}

// AddChange takes an access change.
func (s *Shard) AddChange(c *event.Change) error {
	own := *c
	s.add(row{change: &own})
	return nil
}

// AddKey takes the KMS key of a bucket.
func (s *Shard) AddKey(use event.KeyUse) { s.add(row{key: &use}) }

func (s *Shard) add(r row) {
	r.at, r.record = s.at, s.record
	s.staged[s.level] = append(s.staged[s.level], r)
}

// Commit keeps the rows of the object.
func (s *Shard) Commit() {
	rows := s.staged[s.level]
	if s.level > 0 {
		s.staged[s.level-1] = append(s.staged[s.level-1], rows...)
	} else {
		s.ready = append(s.ready, rows...)
	}
	s.Discard()
}

// Discard drops the rows of the object.
func (s *Shard) Discard() {
	clear(s.staged[s.level]) // so that the records go, too
	s.staged[s.level] = s.staged[s.level][:0]
}

// Begin stages what the members of an archive commit until End.
func (s *Shard) Begin() { s.level++ }

// End ends what Begin began.
func (s *Shard) End() {
	s.Discard()
	s.level--
}

// Done takes what became of an entry. Its rows are committed with it, or not at all.
func (s *Shard) Done(src source.Source, e source.Entry, found *coverage.Coverage) error {
	rows := slices.Clone(s.ready)
	clear(s.ready)
	s.ready = s.ready[:0]
	return s.done(src, e, found, rows)
}
