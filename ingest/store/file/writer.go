package file

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unsafe"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"trail403/ingest/event"
)

// Writer writes a file. It is used by one goroutine at a time.
type Writer struct {
	out         *parquet.GenericWriter[any]
	to          *ending
	rows        []row
	bytes       int // of the records of rows
	batch       []parquet.Row
	rowsWritten int
}

// NewWriter returns a writer.
func NewWriter(w io.Writer) (*Writer, error) {
	config, err := parquet.NewWriterConfig(
		schemaOf(),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedBetterCompression}),
		parquet.PageBufferSize(2<<20),
		parquet.DictionaryMaxBytes(1<<20),
		parquet.DataPageVersion(1), // older readers know no other
		parquet.ColumnIndexSizeLimit(func([]string) int { return 16 }),
		parquet.CreatedBy("trail403", "1", ""),
		parquet.KeyValueMetadata(keyDecoder, strconv.Itoa(DecoderVersion)),
		parquet.KeyValueMetadata(keySchema, strconv.Itoa(Schema)),
	)
	if err != nil {
		return nil, fmt.Errorf("configuring parquet: %w", err)
	}
	to := &ending{to: w}
	return &Writer{out: parquet.NewGenericWriter[any](to, config), to: to}, nil
}

// AddDenial adds a denial with its record, which must be free of secrets.
func (w *Writer) AddDenial(d *event.Denial, record []byte) error {
	return w.add(row{kind: denials, denial: *d, record: string(record)})
}

// AddChange adds an access change with the place of its record, and the record, which
// must be free of secrets.
func (w *Writer) AddChange(c *event.Change, at event.Place, record []byte) error {
	return w.add(row{kind: changes, change: *c, place: at, record: string(record)})
}

// AddKey adds the KMS key of a bucket in the same way.
func (w *Writer) AddKey(use event.KeyUse, at event.Place, record []byte) error {
	return w.add(row{kind: keys, key: use, place: at, record: string(record)})
}

// Rows returns how many rows were added.
func (w *Writer) Rows() int { return w.rowsWritten + len(w.rows) }

// Close writes what is left, and the end of the file with the manifest: any bytes that
// say what the file is.
func (w *Writer) Close(manifest []byte) error {
	if err := w.flush(); err != nil {
		return err
	}
	w.out.SetKeyValueMetadata(keyManifest, string(manifest))
	w.out.SetKeyValueMetadata(keySum, noSum)
	w.to.hold = true
	if err := w.out.Close(); err != nil {
		return err
	}
	return w.to.release()
}

func (w *Writer) add(r row) error {
	if len(r.record) > MaxRecord {
		return fmt.Errorf("a record of %d bytes is too large for a store", len(r.record))
	}
	if len(w.rows) > 0 && w.bytes+len(r.record) > maxGroupBytes {
		if err := w.flush(); err != nil {
			return err
		}
	}
	r.pack()
	w.rows = append(w.rows, r)
	w.bytes += len(r.record)
	if len(w.rows) == maxGroupRows {
		return w.flush()
	}
	return nil
}

// flush writes a row group. Its rows are in the order of their times, so that much
// alike is close together, and each kind has a range of its own.
func (w *Writer) flush() error {
	if len(w.rows) == 0 {
		return nil
	}
	slices.SortFunc(w.rows, func(a, b row) int { return compare(&a, &b) })
	const batch = 64
	for list := range slices.Chunk(w.rows, batch) {
		w.batch = w.batch[:0]
		for i := range list {
			w.batch = append(w.batch, valuesOf(&list[i]))
		}
		if _, err := w.out.WriteRows(w.batch); err != nil {
			return err
		}
	}
	w.rowsWritten += len(w.rows)
	clear(w.rows)
	w.rows, w.bytes = w.rows[:0], 0
	return w.out.Flush()
}

// compare orders the rows of a row group.
func compare(a, b *row) int {
	return cmp.Or(
		cmp.Compare(a.kind, b.kind), cmp.Compare(a.micros, b.micros), cmp.Compare(a.nanos, b.nanos),
		cmp.Compare(a.place.Object.Name, b.place.Object.Name), cmp.Compare(a.place.Record, b.place.Record),
	)
}

// valuesOf returns the values of a row.
func valuesOf(r *row) parquet.Row {
	list := make(parquet.Row, 0, len(columnList()))
	for i, c := range columnList() {
		list = append(list, c.value(r).Level(0, 0, i))
	}
	return list
}

func (c *column) value(r *row) parquet.Value {
	switch {
	case c.number != nil:
		return parquet.Int64Value(c.number.get(r))
	case c.flag != nil:
		f := c.flag.of(r)
		return parquet.BooleanValue(f != nil && *f)
	}
	if s := c.text.of(r); s != nil {
		text := escaped(*s)
		return parquet.ByteArrayValue(unsafe.Slice(unsafe.StringData(text), len(text)))
	}
	return parquet.ByteArrayValue(nil)
}
