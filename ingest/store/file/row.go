package file

import (
	"encoding/json"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/field"
)

// row is an event with the place of its record. Which one it is depends on the kind.
type row struct {
	kind   kind
	place  event.Place
	record string

	denial event.Denial
	change event.Change
	key    event.KeyUse

	// What a column holds in another form than the event.
	kindText, service  string
	targets, documents string // as JSON
	micros, nanos      int64  // the time in Unix microseconds, and the nanoseconds beyond
	fingerprint        int64
	schema             int64
}

// pack fills in what columns hold in another form.
func (r *row) pack() {
	r.kindText, r.service, r.schema = string(r.kind), service, Schema
	switch r.kind {
	case denials:
		r.place = r.denial.Place
		r.setTime(r.denial.Time)
		r.fingerprint = int64(r.denial.Fingerprint)
	case changes:
		r.setTime(r.change.Time)
		r.fingerprint = int64(r.change.Fingerprint)
		r.targets, r.documents = listText(r.change.Targets), listText(r.change.Documents)
	case keys:
		var f field.Record
		f.Parse([]byte(r.record))
		if at, ok := field.TimeOf(f.EventTime); ok {
			r.setTime(at)
		}
	}
}

func (r *row) setTime(at time.Time) {
	r.micros = at.UnixMicro()
	r.nanos = int64(at.Nanosecond() % 1000)
}

func (r *row) time() time.Time { return time.UnixMicro(r.micros).Add(time.Duration(r.nanos)).UTC() }

// unpack makes an event of what columns hold. Only changes can have an error.
func (r *row) unpack() error {
	switch r.kind {
	case denials:
		r.denial.Place, r.denial.Time, r.denial.Fingerprint = r.place, r.time(), uint64(r.fingerprint)
	case changes:
		r.change.Time, r.change.Fingerprint = r.time(), uint64(r.fingerprint)
		r.change.Targets, r.change.Documents = nil, nil
		if err := fromText(r.targets, &r.change.Targets); err != nil {
			return err
		}
		return fromText(r.documents, &r.change.Documents)
	}
	return nil
}

// listText returns a list as JSON, and nothing for an empty one. All texts in it are
// valid UTF-8, because they come from JSON.
func listText[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	text, err := json.Marshal(list)
	if err != nil { // plain values have none
		panic(err)
	}
	return string(text)
}

func fromText[T any](text string, list *[]T) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), list)
}

// fieldOf returns the field of a row of which the functions are: that of all rows, of
// denials or of changes. It returns nil if the row has none.
func fieldOf[T any](r *row, all func(*row) *T, denial func(*event.Denial) *T, change func(*event.Change) *T) *T {
	switch {
	case all != nil:
		return all(r)
	case r.kind == denials && denial != nil:
		return denial(&r.denial)
	case r.kind == changes && change != nil:
		return change(&r.change)
	}
	return nil
}
