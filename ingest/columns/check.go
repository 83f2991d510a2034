package columns

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// Bounds of what a file may have, far above those of files with CloudTrail.
const (
	maxFooter  = 16 << 20
	maxItems   = 1 << 20  // elements of all lists of the metadata
	maxSchema  = 10_000   // fields
	maxHeader  = 16 << 20 // of a page, which may have the least and greatest value in it
	maxValues  = 4 << 20  // of a page
	footerTail = 8        // the size of the footer, and PAR1
)

// Limits bound what a file may cost.
type Limits struct {
	Object int64 // decompressed bytes of all pages
	Group  int64 // decompressed bytes of a page of each column, which are held at a time
}

// Errors of limits.
var (
	ErrObject = errors.New("the pages are too large together")
	ErrGroup  = errors.New("a page of each column is too large together")
)

// checkFooter looks at the footer of a file before it is decoded.
func checkFooter(file io.ReaderAt, size int64) error {
	var tail [footerTail]byte
	if size < footerTail {
		return ErrCorrupt
	}
	if _, err := file.ReadAt(tail[:], size-footerTail); err != nil {
		return err
	}
	n := int64(binary.LittleEndian.Uint32(tail[:]))
	switch {
	case string(tail[4:]) == "PARE":
		return errors.New("the Parquet file is encrypted")
	case string(tail[4:]) != "PAR1" || n > size-footerTail:
		return ErrCorrupt
	case n > maxFooter:
		return fmt.Errorf("the metadata of the Parquet file has more than %d MiB", maxFooter>>20)
	}
	footer := make([]byte, n)
	if _, err := file.ReadAt(footer, size-footerTail-n); err != nil {
		return err
	}
	if _, ok := SizeOfStruct(footer, maxItems); !ok {
		return ErrCorrupt
	}
	return nil
}

// checker compares what the pages of a file claim with the limits.
type checker struct {
	file   io.ReaderAt
	size   int64
	limits Limits
	left   int64 // bytes that pages may still decompress to
	gzip   *gzip.Reader
	zstd   *zstd.Decoder
}

// check checks the pages of a file.
func (c *checker) check(meta *format.FileMetaData) error {
	if len(meta.Schema) > maxSchema {
		return fmt.Errorf("the Parquet file has more than %d fields", maxSchema)
	}
	c.left = c.limits.Object
	for i := range meta.RowGroups {
		var held int64 // of each column, the dictionary and the largest page
		for j := range meta.RowGroups[i].Columns {
			n, err := c.column(&meta.RowGroups[i].Columns[j].MetaData)
			if err != nil {
				return err
			}
			if held += n; held > c.limits.Group {
				return ErrGroup
			}
		}
	}
	return nil
}

// column returns how many bytes of a column are held at a time.
func (c *checker) column(meta *format.ColumnMetaData) (held int64, err error) {
	at := meta.DataPageOffset
	if meta.DictionaryPageOffset > 0 {
		at = min(at, meta.DictionaryPageOffset)
	}
	end := at + meta.TotalCompressedSize
	if at < 0 || end < at || end > c.size {
		return 0, ErrCorrupt
	}
	var dictionary, page int64
	for at < end {
		header, size, err := c.header(at, end)
		if err != nil {
			return 0, err
		}
		at += size
		if int64(header.CompressedPageSize) > end-at {
			return 0, ErrCorrupt
		}
		body := io.NewSectionReader(c.file, at, int64(header.CompressedPageSize))
		n, err := c.page(&header, meta.Codec, body)
		if err != nil {
			return 0, err
		}
		if header.Type == format.DictionaryPage {
			dictionary = max(dictionary, n)
		} else {
			page = max(page, n)
		}
		at += int64(header.CompressedPageSize)
	}
	return dictionary + page, nil
}

// header reads the header of the page at an offset.
func (c *checker) header(at, end int64) (header format.PageHeader, size int64, err error) {
	const usual = 1 << 10
	var data []byte
	n, ok := 0, false
	for most := int64(usual); !ok; most *= 16 {
		if int64(len(data)) == min(maxHeader, end-at) {
			return header, 0, ErrCorrupt
		}
		data = make([]byte, min(most, maxHeader, end-at))
		if _, err := c.file.ReadAt(data, at); err != nil && err != io.EOF {
			return header, 0, err
		}
		n, ok = SizeOfStruct(data, maxItems)
	}
	var protocol thrift.CompactProtocol
	if err := thrift.NewDecoder(protocol.NewReaderFromBytes(data[:n])).Decode(&header); err != nil {
		return header, 0, ErrCorrupt
	}
	if header.CompressedPageSize < 0 || header.UncompressedPageSize < 0 {
		return header, 0, ErrCorrupt
	}
	return header, int64(n), nil
}

// page checks one page, and returns how many bytes it decompresses to.
func (c *checker) page(header *format.PageHeader, codec format.CompressionCodec, body *io.SectionReader) (int64, error) {
	size := int64(header.UncompressedPageSize)
	values, encoding, plain := 0, format.Plain, int64(0)
	switch {
	case header.DataPageHeader.Valid:
		values, encoding = int(header.DataPageHeader.V.NumValues), header.DataPageHeader.V.Encoding
	case header.DictionaryPageHeader.Valid:
		values, encoding = int(header.DictionaryPageHeader.V.NumValues), header.DictionaryPageHeader.V.Encoding
	case header.DataPageHeaderV2.Valid:
		v2 := &header.DataPageHeaderV2.V
		values, encoding = int(v2.NumValues), v2.Encoding
		plain = int64(v2.RepetitionLevelsByteLength) + int64(v2.DefinitionLevelsByteLength)
		if !v2.IsCompressed.V && v2.IsCompressed.Valid {
			codec = format.Uncompressed
		}
	}
	switch {
	case values < 0 || values > maxValues || plain < 0 || plain > body.Size() || plain > size:
		return 0, ErrCorrupt
	case encoding == format.DeltaByteArray:
		// A value is a part of the one before it, so that few bytes make terabytes.
		return 0, errors.New("the Parquet file has the encoding DELTA_BYTE_ARRAY, which is not read")
	}
	if c.left -= size; c.left < 0 {
		return 0, ErrObject
	}
	if _, err := body.Seek(plain, io.SeekStart); err != nil {
		return 0, err
	}
	return size, c.unpacks(codec, body, size-plain)
}

// unpacks returns an error unless a page decompresses to a size.
func (c *checker) unpacks(codec format.CompressionCodec, body io.Reader, size int64) (err error) {
	text := body
	switch codec {
	case format.Uncompressed:
	case format.Snappy:
		// The size comes first, and a decoder fails where it is not right.
		var head [binary.MaxVarintLen64]byte
		n, _ := io.ReadFull(body, head[:])
		if claimed, k := binary.Uvarint(head[:n]); (k <= 0 || claimed != uint64(size)) && (n > 0 || size > 0) {
			return ErrCorrupt
		}
		return nil
	case format.Gzip:
		if c.gzip == nil {
			c.gzip = &gzip.Reader{}
		}
		if err = c.gzip.Reset(body); err == nil {
			text = c.gzip
		}
	case format.Zstd:
		if c.zstd == nil {
			c.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
				zstd.WithDecoderMaxWindow(128<<20))
		}
		if err == nil {
			err = c.zstd.Reset(body)
			text = c.zstd
		}
	default:
		return fmt.Errorf("the Parquet file is compressed with %s, which is not read", codec)
	}
	if err != nil {
		return ErrCorrupt
	}
	if n, err := io.Copy(io.Discard, io.LimitReader(text, size+1)); err != nil || n != size {
		return ErrCorrupt
	}
	return nil
}

func (c *checker) close() {
	if c.zstd != nil {
		c.zstd.Close()
	}
}

// open opens a file whose metadata was checked.
func open(file io.ReaderAt, size int64) (*parquet.File, error) {
	if err := checkFooter(file, size); err != nil {
		return nil, err
	}
	return parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
}
