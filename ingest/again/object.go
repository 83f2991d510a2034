package again

import (
	"errors"
	"fmt"
	"io"

	"trail403/ingest/field"
	"trail403/ingest/object"
)

// Changed is the error for an object that does not hold the records any more that were
// read in it first, or that cannot be read any more.
type Changed struct {
	Object string
	Err    error
}

func (e *Changed) Error() string {
	return fmt.Sprintf("%s changed while it was read: %v", e.Object, e.Err)
}

func (e *Changed) Unwrap() error { return e.Err }

// errEnough ends an object of which all wanted records were found.
var errEnough = errors.New("all wanted records were found")

// finder finds the wanted records of one object. It is an object.Visitor.
type finder struct {
	part
	plan   *plan
	sorter *sorter
	number int // of the record in the object
	next   int // index of the next wanted record
}

// Restart does nothing, because records that do not count have numbers, too.
func (f *finder) Restart() {}

func (f *finder) Record(raw []byte, _ bool) error {
	f.number++
	f.skip()
	if f.next == len(f.records) {
		return errEnough
	}
	i := f.records[f.next]
	if f.plan.list.Record(int(i)) != f.number {
		return nil
	}
	if f.plan.list.Fingerprint(int(i)) != field.Fingerprint(raw) {
		return &Changed{f.object.Name, fmt.Errorf("record %d is another one", f.number)}
	}
	return f.sorter.add(i, raw)
}

// skip goes to the next wanted record that did not come yet.
func (f *finder) skip() {
	for f.next < len(f.records) && f.sorter.has(f.records[f.next]) {
		f.next++
	}
}

// read reads the wanted records of an object.
func (f *finder) read(r *object.Reader, body io.Reader) error {
	content, err := r.Open(body)
	if err == nil && (content.Archive || content.Skip != "") {
		err = errors.New("it holds no records any more")
	}
	if err == nil {
		_, err = r.Records(f)
	}
	f.skip()
	switch {
	case err != nil && !errors.Is(err, errEnough):
		return f.failed(err)
	case f.next < len(f.records):
		return f.failed(fmt.Errorf("it has no record %d any more", f.plan.list.Record(int(f.records[f.next]))))
	}
	return nil
}

func (f *finder) failed(err error) error {
	var changed *Changed
	if errors.As(err, &changed) {
		return err
	}
	return &Changed{f.object.Name, err}
}
