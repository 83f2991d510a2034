package ingest

import (
	"bytes"
	"errors"
	"fmt"

	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/object"
	"trail403/ingest/source"
)

// answered takes what an engine reported about an object, and counts the object in c as
// if it had been read here. Of its bytes, nothing is known. ok is false if the answer
// contradicts itself or cannot be decoded. Then nothing was counted, and the object must be
// read.
func answered(
	of event.Object, a *source.Answer, r *object.Reader, e *events, c *coverage.Coverage,
) (ok bool, err error) {
	told := source.Tell(of.Name)
	of.Once = true // what the engine returned is not what would be read again
	e.start(of, c.DataEvents[told.Account])
	if ok, err := hits(a, r, e); !ok || err != nil {
		e.sink.Discard()
		return false, err
	}
	records := e.records
	others := a.Records - records.Seen
	records.Seen += others
	records.NotS3Denied += others
	e.sink.Commit()
	c.Read(&told, records, coverage.Bytes{}, e.dataEvents || a.DataEvents)
	return true, nil
}

// ErrLost says that an engine does not return all records of objects.
var ErrLost = errors.New("the table of the engine loses records, or makes some up")

// compare compares an answer with how many records the object has. The error ends the run:
// other answers may be as wrong.
func compare(name string, a *source.Answer, records int) error {
	if a.Hits > 0 {
		_, _ = a.Body() // nobody else takes it, and what was read counts
	}
	if a.Hits < 0 || a.Records < a.Hits || a.Records == records {
		return nil // an answer that contradicts itself would not have counted
	}
	return fmt.Errorf("%w: it has %d records of %s, which holds %d", ErrLost, a.Records, name, records)
}

// hits decodes the records that an engine returned. ok says whether they are as many as it
// claims, and nothing but records. The error ends the run.
func hits(a *source.Answer, r *object.Reader, e *events) (ok bool, err error) {
	if a.Hits < 0 || a.Records < a.Hits {
		return false, nil
	}
	if a.Hits == 0 {
		return true, nil
	}
	body, err := a.Body()
	if err != nil {
		return false, nil
	}
	content, err := r.Open(bytes.NewReader(body))
	if err == nil && !content.Archive && !content.IsText && content.Skip == "" {
		content, err = r.Records(e)
	}
	var fatal sinkError
	if errors.As(err, &fatal) {
		return false, fatal
	}
	isClean := err == nil && !content.Archive && !content.IsText && content.Skip == "" && len(content.Flat) == 0
	return isClean && e.records.Seen == a.Hits, nil
}
