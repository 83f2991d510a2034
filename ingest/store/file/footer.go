package file

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"trail403/ingest/columns"
	"trail403/ingest/store/version"
)

// Bounds of the end of a file.
const (
	firstRead = 64 << 10 // usually holds all of it
	maxFooter = 256 << 20
	magic     = "PAR1"
)

// Footer is what the end of a file says.
type Footer struct {
	Manifest []byte // as it was given to Writer.Close
	Rows     int
	Decoder  int // the version of the decoder that filled the columns
	Groups   []Group
}

// Group is a row group.
type Group struct {
	Rows        int
	First, Last int64   // the times of its rows, in Unix microseconds
	parts       []chunk // by the numbers of the columns
}

// chunk is where the pages of a column are, in one row group.
type chunk struct{ at, size int64 }

// ReadFooter reads the end of a file of a size. It reads no more than that, usually at
// once.
func ReadFooter(r io.ReaderAt, size int64) (*Footer, error) {
	data, err := footerBytes(r, size)
	if err != nil {
		return nil, err
	}
	if n, ok := columns.SizeOfStruct(data, maxItems); !ok || n > len(data) {
		return nil, ErrCorrupt
	}
	var meta format.FileMetaData
	var protocol thrift.CompactProtocol
	if err := thrift.NewDecoder(protocol.NewReaderFromBytes(data)).Decode(&meta); err != nil {
		return nil, fmt.Errorf("%w: its end cannot be decoded", ErrCorrupt)
	}
	f, sum, err := footerOf(&meta, size)
	if err == nil && sum != sumOf(data, sum) {
		err = fmt.Errorf("%w: the checksum of its end is wrong", ErrCorrupt)
	}
	return f, err
}

// footerBytes returns the metadata at the end of a file.
func footerBytes(r io.ReaderAt, size int64) ([]byte, error) {
	if size < tailSize {
		return nil, ErrCorrupt
	}
	data := make([]byte, min(size, firstRead))
	if err := ReadFull(r, data, size-int64(len(data))); err != nil {
		return nil, err
	}
	tail := data[len(data)-tailSize:]
	n := int64(binary.LittleEndian.Uint32(tail))
	if string(tail[4:]) != magic || n > size-tailSize || n > maxFooter {
		return nil, fmt.Errorf("%w: it has no end", ErrCorrupt)
	}
	if n+tailSize > int64(len(data)) {
		data = make([]byte, n+tailSize)
		if err := ReadFull(r, data, size-int64(len(data))); err != nil {
			return nil, err
		}
	}
	return data[int64(len(data))-tailSize-n : len(data)-tailSize], nil
}

// ReadFull fills data from an offset on. A file that is shorter is damaged.
func ReadFull(r io.ReaderAt, data []byte, at int64) error {
	n, err := r.ReadAt(data, at)
	switch {
	case n == len(data):
		return nil
	case err == nil || err == io.EOF:
		return fmt.Errorf("%w: it is shorter than it should be", ErrCorrupt)
	}
	return err
}

// footerOf checks the metadata of a file, and returns the checksum that it claims.
func footerOf(meta *format.FileMetaData, size int64) (f *Footer, sum string, err error) {
	f = &Footer{}
	schema := -1
	for _, pair := range meta.KeyValueMetadata {
		switch pair.Key {
		case keyManifest:
			f.Manifest = []byte(pair.Value)
		case keyDecoder:
			f.Decoder, _ = strconv.Atoi(pair.Value)
		case keySchema:
			schema, _ = strconv.Atoi(pair.Value)
		case keySum:
			sum = pair.Value
		}
	}
	switch {
	case schema > Schema:
		return nil, "", version.NewerError{What: "its schema", Schema: schema, Known: Schema}
	case schema < 1 || f.Decoder < 1:
		return nil, "", fmt.Errorf("%w: it does not say which version it has", ErrCorrupt)
	}
	number, err := numbersOf(meta)
	if err != nil {
		return nil, "", err
	}
	for i := range meta.RowGroups {
		g, err := groupOf(&meta.RowGroups[i], number, size)
		if err != nil {
			return nil, "", err
		}
		f.Rows += g.Rows
		f.Groups = append(f.Groups, g)
	}
	if int64(f.Rows) != meta.NumRows {
		return nil, "", fmt.Errorf("%w: its rows do not add up", ErrCorrupt)
	}
	return f, sum, nil
}

// numbersOf returns the numbers of the columns in a file, in the order of columns, -1
// for one that the file does not have. Files of later versions may have more.
func numbersOf(meta *format.FileMetaData) ([]int, error) {
	if len(meta.Schema) == 0 {
		return nil, ErrCorrupt
	}
	leaves := meta.Schema[1:]
	number := make([]int, 0, len(columnList()))
	for _, c := range columnList() {
		i := slices.IndexFunc(leaves, func(e format.SchemaElement) bool { return e.Name == c.name })
		if i >= 0 && (leaves[i].RepetitionType.V != format.Required || leaves[i].Type.V != c.physical()) {
			return nil, fmt.Errorf("%w: the column %s has another type", ErrCorrupt, c.name)
		}
		number = append(number, i)
	}
	return number, nil
}

// physical returns how the values of a column are stored.
func (c *column) physical() format.Type {
	switch {
	case c.flag != nil:
		return format.Boolean
	case c.number != nil:
		return format.Int64
	}
	return format.ByteArray
}

// groupOf checks what the metadata says of a row group.
func groupOf(g *format.RowGroup, number []int, size int64) (Group, error) {
	if g.NumRows < 0 || g.NumRows > mostRows {
		return Group{}, fmt.Errorf("%w: a row group has %d rows", ErrCorrupt, g.NumRows)
	}
	group := Group{Rows: int(g.NumRows)}
	for i, c := range columnList() {
		n := number[i]
		if n < 0 {
			group.parts = append(group.parts, chunk{})
			continue
		}
		if n >= len(g.Columns) {
			return Group{}, ErrCorrupt
		}
		meta := &g.Columns[n].MetaData
		at := meta.DataPageOffset
		if meta.DictionaryPageOffset > 0 {
			at = min(at, meta.DictionaryPageOffset)
		}
		part := chunk{at, meta.TotalCompressedSize}
		if part.at < 0 || part.size <= 0 || part.at > size-part.size || meta.Codec != format.Zstd ||
			meta.NumValues != g.NumRows {
			return Group{}, fmt.Errorf("%w: the column %s does not fit", ErrCorrupt, c.name)
		}
		if c.number != nil && c.number.isTime {
			if len(meta.Statistics.MinValue) != 8 || len(meta.Statistics.MaxValue) != 8 {
				return Group{}, fmt.Errorf("%w: a row group does not say when its events were", ErrCorrupt)
			}
			group.First = int64(binary.LittleEndian.Uint64(meta.Statistics.MinValue))
			group.Last = int64(binary.LittleEndian.Uint64(meta.Statistics.MaxValue))
		}
		group.parts = append(group.parts, part)
	}
	return group, nil
}
