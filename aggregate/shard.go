package aggregate

import (
	"trail403/ingest"
	"trail403/ingest/event"
)

// Shard collects the denials of one worker. The zero value is ready; a Shard is
// used by one goroutine at a time.
type Shard struct {
	kept   table
	staged table // of the object that is being read
}

var _ ingest.Sink = (*Shard)(nil)

// Add takes a denial of the object that is being read.
func (s *Shard) Add(d *event.Denial) { s.staged.add(d) }

// Commit keeps the object's denials.
func (s *Shard) Commit() {
	if s.staged.rows.n > 0 {
		s.kept.absorb(&s.staged)
		s.staged.reset()
	}
}

// Discard drops the object's denials.
func (s *Shard) Discard() {
	if s.staged.rows.n > 0 {
		s.staged.reset()
	}
}

// KeepDetails makes the shard keep the message and key of every denial, which
// costs several hundred bytes each, so that [Result.Denials] has them. It is
// called before the first Add.
func (s *Shard) KeepDetails() {
	s.kept.allDetails, s.staged.allDetails = true, true
}
