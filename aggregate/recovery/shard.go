package recovery

import "trail403/ingest/event"

// Shard takes the requests that one worker reads. It is an ingest.RequestSink.
type Shard struct {
	watch *Watch

	staged []success // of the object that is being read, or of the archive
	start  int       // where those of the object, or of the member of the archive, start
	outer  []int     // the same of the archives that the member is in
}

// NewShard returns an empty shard.
func (w *Watch) NewShard() *Shard { return &Shard{watch: w} }

// AddRequest takes a request.
func (s *Shard) AddRequest(r *event.Denial) error {
	if found, ok := s.watch.success(r); ok {
		s.staged = append(s.staged, found)
	}
	return nil
}

// Add, AddChange and AddKey do nothing, because only requests tell about successes.
func (s *Shard) Add(*event.Denial) error       { return nil }
func (s *Shard) AddChange(*event.Change) error { return nil }
func (s *Shard) AddKey(event.KeyUse)           {}

// Commit keeps what was staged. What a member of an archive commits counts with it.
func (s *Shard) Commit() {
	if len(s.outer) > 0 {
		s.start = len(s.staged)
		return
	}
	s.watch.take(s.staged)
	s.staged, s.start = s.staged[:0], 0
}

// Discard drops what was staged since the last Commit.
func (s *Shard) Discard() { s.staged = s.staged[:s.start] }

// Begin starts an archive.
func (s *Shard) Begin() {
	s.outer = append(s.outer, s.start)
	s.start = len(s.staged)
}

// End ends the archive.
func (s *Shard) End() {
	s.Discard()
	last := len(s.outer) - 1
	s.start, s.outer = s.outer[last], s.outer[:last]
}
