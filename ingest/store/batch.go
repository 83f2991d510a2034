package store

import (
	"maps"
	"os"
	"slices"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/store/file"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
	"trail403/ingest/store/seen"
)

// batch is what the next commit will have.
type batch struct {
	place    place.Place
	opts     *Options
	started  time.Time
	objects  []*object
	failures map[seen.ID]manifest.Failed
	pruned   map[string]bool
	listings []manifest.Listing
	swept    time.Time

	staged *os.File // with the rows; nil before the first
	writer *file.Writer
	closed bool // the temporary file has its end
	bytes  int  // of records
}

// object is an object that was read or skipped.
type object struct {
	id, name seen.ID
	at       manifest.At
	entry    string
	found    *coverage.Coverage
	rows     manifest.Rows
}

func newBatch(p place.Place, opts *Options) *batch {
	return &batch{
		place: p, opts: opts, started: opts.Now(),
		failures: map[seen.ID]manifest.Failed{}, pruned: map[string]bool{},
	}
}

// fail notes an object that could not be read.
func (b *batch) fail(f manifest.Failed) { b.failures[f.ID] = f }

// add takes an object and its rows.
func (b *batch) add(o *object, rows []row) error {
	for i := range rows {
		if err := b.addRow(o, &rows[i]); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		o.entry = "" // only rows ask for it
	}
	o.found.Sort()
	b.objects = append(b.objects, o)
	return nil
}

func (b *batch) addRow(o *object, r *row) (err error) {
	if b.writer == nil {
		if err := b.open(); err != nil {
			return err
		}
	}
	b.bytes += len(r.record)
	switch record := []byte(r.record); {
	case r.denial != nil:
		o.rows.Denials++
		err = b.writer.AddDenial(r.denial, record)
	case r.change != nil:
		o.rows.Changes++
		err = b.writer.AddChange(r.change, r.at, record)
	default:
		o.rows.Keys++
		err = b.writer.AddKey(*r.key, r.at, record)
	}
	return err
}

// open starts a new temporary file for rows.
func (b *batch) open() (err error) {
	if b.staged, err = b.place.Stage(); err != nil {
		return err
	}
	b.closed = false
	b.writer, err = file.NewWriter(b.staged)
	return err
}

func (b *batch) discard() {
	if b.staged != nil {
		b.place.Discard(b.staged)
		b.staged, b.writer = nil, nil
	}
}

func (b *batch) isFull() bool {
	return len(b.objects) >= b.opts.CommitObjects || b.bytes >= commitBytes ||
		b.opts.Now().Sub(b.started) >= b.opts.CommitEvery
}

// forget drops what the store knows already, so that nothing is written twice.
func (b *batch) forget(h *manifest.History) {
	maps.DeleteFunc(b.failures, func(id seen.ID, f manifest.Failed) bool { return h.Failed[id] == f })
	maps.DeleteFunc(b.pruned, func(name string, _ bool) bool { return h.Pruned[name] })
	b.listings = slices.DeleteFunc(b.listings, func(l manifest.Listing) bool { return h.Listed[l.Source] >= l.Through })
}

// isEmpty says whether there is nothing to commit.
func (b *batch) isEmpty() bool {
	return len(b.objects)+len(b.failures)+len(b.pruned)+len(b.listings) == 0 && b.swept.IsZero()
}

// manifest says what the batch has.
func (b *batch) manifest(h *manifest.History) *manifest.Manifest {
	m := &manifest.Manifest{
		Schema: manifest.Schema, Committed: b.opts.Now().UTC().Truncate(time.Second),
		Pruned: slices.Sorted(maps.Keys(b.pruned)), Listed: b.listings, Swept: b.swept.Truncate(time.Second),
	}
	covers := map[manifest.At]*coverage.Coverage{}
	for _, o := range b.objects {
		m.Rows.Add(o.rows)
		if _, failed := h.Failed[o.name]; failed {
			m.Recovered = append(m.Recovered, o.name)
		}
		if covers[o.at] == nil {
			covers[o.at] = &coverage.Coverage{}
		}
		covers[o.at].Add(o.found)
	}
	m.Folders = manifest.FoldersOf(covers)
	slices.Sort(m.Recovered)
	m.Failed = manifest.Sorted(b.failures)
	return m
}
