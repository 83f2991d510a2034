package file

import (
	"fmt"
	"hash/crc32"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"trail403/ingest/columns"
)

// page is one page of a column.
type page struct {
	dictionary bool // it holds the values that others name by number
	encoding   format.Encoding
	values     int
	data       []byte
}

// pages reads the pages of a column one after another.
type pages struct {
	rest   []byte // of the column
	zstd   *zstd.Decoder
	left   *int64 // bytes that the pages of a row group may still decompress to
	buffer []byte // of the page before
}

// newDecoder returns a decoder that fills no more than the room that it is given.
func newDecoder() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeAllCapLimit(true))
}

// next returns the next page. It is valid until the next call.
func (p *pages) next() (page, error) {
	head, body, err := p.head()
	if err != nil {
		return page{}, err
	}
	x := page{}
	switch {
	case head.DictionaryPageHeader.Valid:
		h := &head.DictionaryPageHeader.V
		x.dictionary, x.encoding, x.values = true, h.Encoding, int(h.NumValues)
	case head.DataPageHeader.Valid:
		h := &head.DataPageHeader.V
		x.encoding, x.values = h.Encoding, int(h.NumValues)
	default:
		return page{}, fmt.Errorf("%w: a page is of a kind that no store has", ErrCorrupt)
	}
	if x.values < 0 || x.values > mostRows {
		return page{}, fmt.Errorf("%w: a page has %d values", ErrCorrupt, x.values)
	}
	x.data, err = p.unpack(body, int(head.UncompressedPageSize))
	return x, err
}

// head cuts the next page off, and checks it against its checksum.
func (p *pages) head() (head format.PageHeader, body []byte, err error) {
	size, ok := columns.SizeOfStruct(p.rest, maxItems)
	if !ok {
		return head, nil, fmt.Errorf("%w: a page has no head", ErrCorrupt)
	}
	var protocol thrift.CompactProtocol
	if err := thrift.NewDecoder(protocol.NewReaderFromBytes(p.rest[:size])).Decode(&head); err != nil {
		return head, nil, fmt.Errorf("%w: the head of a page cannot be decoded", ErrCorrupt)
	}
	body = p.rest[size:]
	if head.CompressedPageSize < 0 || int64(head.CompressedPageSize) > int64(len(body)) ||
		head.UncompressedPageSize < 0 || head.UncompressedPageSize > maxPage {
		return head, nil, fmt.Errorf("%w: a page has the wrong size", ErrCorrupt)
	}
	body, p.rest = body[:head.CompressedPageSize], body[head.CompressedPageSize:]
	if uint32(head.CRC) != crc32.ChecksumIEEE(body) {
		return head, nil, fmt.Errorf("%w: the checksum of a page is wrong", ErrCorrupt)
	}
	return head, body, nil
}

// unpack decompresses a page, which must have a size then.
func (p *pages) unpack(body []byte, size int) ([]byte, error) {
	if *p.left -= int64(size); *p.left < 0 {
		return nil, fmt.Errorf("%w: a row group is too large", ErrCorrupt)
	}
	if cap(p.buffer) < size {
		p.buffer = make([]byte, 0, size)
	}
	data, err := p.zstd.DecodeAll(body, p.buffer[:0:size])
	if err != nil || len(data) != size {
		return nil, fmt.Errorf("%w: a page cannot be decompressed", ErrCorrupt)
	}
	return data, nil
}
