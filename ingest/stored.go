package ingest

import (
	"context"
	"slices"
	"sync/atomic"

	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/source"
	"trail403/ingest/store/file"
	"trail403/ingest/store/replay"
)

// RecordSink is a Sink that may need the records of denials that were decoded before.
type RecordSink interface {
	NeedsRecords() bool
}

// LateSink is a Sink that rarely needs what only examples show: the message, the id of
// the request and the ARN of the caller.
type LateSink interface {
	// AddLate is Add for a denial without them, which rest fills in.
	AddLate(d *event.Denial, rest Completer) error
}

// Completer completes a denial.
type Completer interface{ Complete() error }

// stored hands what a store holds to the sinks. It is nil without a store.
type stored struct {
	opts   *Options
	replay *replay.Replay
	query  source.Query
	parts  chan *replay.Part
	want   file.Want

	kept  atomic.Int64 // denials in the window
	other atomic.Int64 // those whose error code is not asked for, or that are none any more
}

func newStored(opts *Options, workers []*worker) *stored {
	if opts.Stored == nil {
		return nil
	}
	q := opts.query()
	q.Accounts = nil // as for local files: another account may have the change that explains a denial
	s := &stored{
		opts: opts, replay: opts.Stored, query: q, parts: make(chan *replay.Part),
		want: file.Want{Show: true, Later: true},
	}
	for _, w := range workers {
		if r, ok := w.events.sink.(RecordSink); ok && r.NeedsRecords() {
			s.want.Records = true
		}
	}
	return s
}

// feed fetches the parts of the store that the workers read.
func (s *stored) feed(ctx context.Context) error {
	if s == nil {
		return nil
	}
	return s.replay.Parts(ctx, &s.query, s.want, s.parts)
}

// read reads parts until there are no more.
func (s *stored) read(ctx context.Context, sink Sink) error {
	if s == nil {
		return nil
	}
	r, err := replay.NewReader(&s.query)
	if err != nil {
		return err
	}
	defer r.Close()
	for p := range s.parts {
		if err := r.Each(p, func(e *file.Event) error { return s.take(sink, e) }); err != nil {
			return err
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
	}
	sink.Commit() // once, since a store is read completely or the run fails
	s.other.Add(int64(r.Dropped()))
	return nil
}

// take hands an event to a sink, if it is in the window or shortly before it.
func (s *stored) take(sink Sink, e *file.Event) error {
	switch {
	case e.Key != nil:
		sink.AddKey(*e.Key)
		return nil
	case e.Change != nil:
		if !s.opts.wantsChange(e.Change.Time) {
			return nil
		}
		return sink.AddChange(e.Change)
	}
	return s.denial(sink, e)
}

func (s *stored) denial(sink Sink, e *file.Event) error {
	d := e.Denial
	switch {
	case len(s.opts.ErrorCodes) > 0 && !slices.Contains(s.opts.ErrorCodes, d.ErrorCode):
		s.other.Add(1)
		return nil
	case s.opts.inWindow(d.Time):
		s.kept.Add(1)
	case !s.opts.inHistory(d.Time):
		return nil
	}
	if s.want.Records {
		if err := e.Complete(); err != nil {
			return err
		}
	}
	if l, ok := sink.(Looker); ok {
		l.Look(d, e.Record)
	}
	if l, ok := sink.(LateSink); ok {
		return l.AddLate(d, e)
	}
	if err := e.Complete(); err != nil {
		return err
	}
	return sink.Add(d)
}

// coverage returns what was read of the objects of the store.
func (s *stored) coverage() *coverage.Coverage {
	if s == nil {
		return &coverage.Coverage{}
	}
	c := s.replay.Coverage(&s.query)
	denied := c.Records.Kept
	c.Records.Kept = int(s.kept.Load())
	c.Records.NotS3Denied += int(s.other.Load())
	c.Records.OutsideWindow = denied - c.Records.Kept - int(s.other.Load())
	return c
}
