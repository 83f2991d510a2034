package replay

import (
	"trail403/ingest/source"
	"trail403/ingest/store/file"
	"trail403/ingest/store/ledger"
)

// Part is a row group that was fetched.
type Part struct {
	run   *ledger.Run
	name  string // of the file, for people
	group int
	want  file.Want
	data  []byte
}

// Reader reads parts. It is used by one goroutine at a time.
type Reader struct {
	scope scope
	file  *file.Reader
}

// NewReader returns a reader of the events of the objects of a query.
func NewReader(q *source.Query) (*Reader, error) {
	f, err := file.NewReader()
	return &Reader{scope{query: q}, f}, err
}

// Close releases the memory of a reader.
func (r *Reader) Close() { r.file.Close() }

// Dropped returns how many rows are no events any more. An older decoder took them for
// ones.
func (r *Reader) Dropped() int { return r.file.Dropped }

// Each hands out the events of a part, those of objects that count. An error of take
// ends it.
func (r *Reader) Each(p *Part, take func(*file.Event) error) error {
	return ledger.About(p.name, r.file.Decode(p.run.Footer, p.group, p.want, p.data, func(e *file.Event) error {
		if !r.scope.object(e.Place.Object.Name) {
			return nil
		}
		return take(e)
	}))
}
