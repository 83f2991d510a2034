package ingest

import (
	"fmt"

	"trail403/ingest/change"
	"trail403/ingest/coverage"
	"trail403/ingest/dataevent"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/scan"
	"trail403/ingest/source"
)

// Sink takes the denials and changes that one worker finds. It is used by one
// goroutine at a time.
type Sink interface {
	// Add takes a denial of the object that is being read, in the window or in its
	// history. The sink may keep its strings, but not the pointer. An error ends the
	// run.
	Add(d *event.Denial) error
	// AddChange takes a change in the same way.
	AddChange(c *event.Change) error
	// AddKey takes which key a bucket's objects are encrypted with, in the same way.
	AddKey(use event.KeyUse)
	// Commit says that the object was read to its end: its denials count.
	Commit()
	// Discard says that what was added since the last Commit does not count.
	Discard()
	// Begin says that the object is an archive: until End, Add, Commit and
	// Discard are about its members. What they commit counts with the archive.
	Begin()
	End()
}

// Looker is a Sink that also sees the record of the denial that Add takes next. The
// record is valid until Look returns.
type Looker interface {
	Sink
	Look(d *event.Denial, record []byte)
}

// Witness is what a Sink can also be: it sees the place and the record of whatever it
// takes next, a denial, a change or a key. The record is valid until See returns.
type Witness interface {
	See(at event.Place, record []byte)
}

// EntrySink is what a Sink can also be: it learns what became of each entry that was
// opened, after its last Commit or Discard.
type EntrySink interface {
	// Done takes an entry and what was found out about it alone, which the sink may keep.
	// An error ends the run.
	Done(src source.Source, e source.Entry, found *coverage.Coverage) error
}

// sinkError is an error of the sink. It ends the run, not only the object.
type sinkError struct{ error }

func (e sinkError) Unwrap() error { return e.error }

// events finds the denials and changes in the records of one object after
// another. It is an object.Visitor.
type events struct {
	opts    *Options
	denial  *denial.Decoder
	sink    Sink
	object  event.Object
	at      int              // the number of the record in the object, also of those that a restart drops
	records coverage.Records // of the object so far
	// requests is nil if the sink takes only denials and changes.
	requests *requests

	// Whether the trail of the object has data events of S3. What is known before the
	// object is read need not be looked for.
	dataEvents, known bool
}

// start starts an object. dataEvents says that its trail is known to have data events.
func (e *events) start(object event.Object, dataEvents bool) {
	e.object, e.at = object, 0
	e.startRecords(dataEvents)
}

func (e *events) startRecords(dataEvents bool) {
	e.records = coverage.Records{}
	e.dataEvents, e.known = dataEvents, dataEvents
}

// Restart drops what was found in the object so far.
func (e *events) Restart() {
	e.sink.Discard()
	e.startRecords(e.known)
}

// Record counts one record, and hands it to the sink if it is a denial or a
// change in the window.
func (e *events) Record(raw []byte, hit bool) error {
	e.at++
	e.records.Seen++
	if scan.IsEmpty(raw) {
		e.records.Malformed++
		return nil
	}
	if err := e.requests.record(raw); err != nil {
		return sinkError{err}
	}
	isChange := false
	if !hit || !e.dataEvents {
		isChange = e.look(raw, hit)
	}
	if !hit { // no denial: each one holds the needle
		e.records.NotS3Denied++
		if isChange {
			return e.change(raw)
		}
		return nil
	}
	d, verdict, err := e.denial.Decode(raw)
	switch {
	case err != nil:
		return fmt.Errorf("record %d: %w", e.records.Seen, err)
	case verdict == denial.Malformed:
		e.records.Malformed++
	case verdict == denial.NotDenied:
		e.records.NotS3Denied++
		if use, ok := denial.KeyOf(raw); ok {
			e.see(raw)
			e.sink.AddKey(use)
			return nil
		}
		return e.change(raw)
	case e.opts.inWindow(d.Time):
		e.records.Kept++
		return e.add(&d, raw)
	default:
		e.records.OutsideWindow++
		if e.opts.inHistory(d.Time) {
			return e.add(&d, raw)
		}
	}
	return nil
}

func (e *events) add(d *event.Denial, raw []byte) error {
	d.Place = e.place()
	e.see(raw)
	if l, ok := e.sink.(Looker); ok {
		l.Look(d, raw)
	}
	if err := e.sink.Add(d); err != nil {
		return sinkError{err}
	}
	return nil
}

func (e *events) place() event.Place { return event.Place{Object: e.object, Record: e.at} }

// see shows a record to the sink if it asks.
func (e *events) see(raw []byte) {
	if w, ok := e.sink.(Witness); ok {
		w.See(e.place(), raw)
	}
}

// look says whether a record may be a change, by the names of calls in it. In the same
// walk it looks for a data event, until there is one: a record that holds escapes is
// looked at closely.
func (e *events) look(raw []byte, hit bool) (isChange bool) {
	isCandidate := false
	for rest := raw; !isChange || !e.dataEvents && !isCandidate; {
		name, more, ok := field.NextName(rest)
		if !ok {
			break
		}
		isChange = isChange || change.Listed(name)
		isCandidate = isCandidate || !e.dataEvents && dataevent.Named(name)
		rest = more
	}
	if isCandidate || !e.dataEvents && hit && field.HasEscapedLetter(raw) {
		e.dataEvents = dataevent.Is(raw)
	}
	return isChange
}

// change hands a record to the sink if it is a change in the window, or shortly
// before it. One that is not valid JSON is not a change: that is no reason to
// lose the denials of the object.
func (e *events) change(raw []byte) error {
	c, ok, err := change.Decode(raw)
	if err != nil || !ok || !e.opts.wantsChange(c.Time) {
		return nil
	}
	c.Documents = change.Documents(raw, &c)
	e.see(raw)
	if err := e.sink.AddChange(&c); err != nil {
		return sinkError{err}
	}
	return nil
}
