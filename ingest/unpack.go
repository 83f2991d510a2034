package ingest

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/zstd"

	"trail403/ingest/inflate"
	"trail403/ingest/scan"
)

// unpacker undoes a compression, going by the first bytes. It keeps its decoders
// for the next object.
type unpacker struct {
	gunzip gunzip
	zstd   *zstd.Decoder
}

var (
	zstdMagic  = []byte{0x28, 0xb5, 0x2f, 0xfd}
	bzip2Magic = []byte("BZh")
)

// zstdMemory bounds the window that a zstd stream may ask for. The tool's own
// highest level asks for 128 MiB, its default for 8.
const zstdMemory = 128 << 20

// open returns the text of the stream.
func (u *unpacker) open(in *bufio.Reader) (io.Reader, error) {
	head, err := in.Peek(len(zstdMagic))
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		if err := u.gunzip.reset(in); err != nil {
			return nil, err
		}
		return &u.gunzip, nil
	case bytes.HasPrefix(head, zstdMagic):
		if u.zstd == nil {
			u.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdMemory))
			if err != nil {
				return nil, err
			}
		}
		if err := u.zstd.Reset(in); err != nil {
			return nil, err
		}
		return u.zstd, nil
	case bytes.HasPrefix(head, bzip2Magic):
		return bzip2.NewReader(in), nil
	}
	return in, nil
}

// explain says in plain words what the errors of reading and unpacking mean.
func (o *Options) explain(err error) error {
	var damaged bzip2.StructuralError
	var path *fs.PathError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, inflate.ErrCorrupt):
		return errors.New("gzip data is invalid: the object is corrupt")
	case errors.Is(err, zstd.ErrCRCMismatch):
		return errors.New("zstd checksum does not match: the object is corrupt")
	case errors.Is(err, zstd.ErrMagicMismatch):
		return errors.New("zstd stream is followed by garbage: the object is corrupt")
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return fmt.Errorf("zstd stream asks for a window above %s", size(zstdMemory))
	case errors.As(err, &damaged):
		return fmt.Errorf("%w: the object is corrupt", err)
	case errors.Is(err, scan.ErrTooLarge):
		return fmt.Errorf("a record is above %s (--max-record-size): %w", size(o.MaxRecord), err)
	case errors.Is(err, scan.ErrDepth):
		return fmt.Errorf("a record nests more than %d levels deep (--max-depth): %w", o.MaxDepth, err)
	case err == io.ErrUnexpectedEOF:
		return errors.New("data ends early: the object is truncated")
	case errors.As(err, &path): // its path is the object's name, which stands beside it
		return fmt.Errorf("cannot %s: %w", path.Op, path.Err)
	}
	return err
}

// size writes a number of bytes for people.
func size(n int64) string {
	for _, unit := range []string{"B", "KiB", "MiB", "GiB"} {
		if n < 1024 || n%1024 != 0 || unit == "GiB" {
			return fmt.Sprintf("%d %s", n, unit)
		}
		n /= 1024
	}
	return ""
}

// counter counts the bytes that pass, up to a limit. After an error nothing
// passes any more: a reader that would go on behind it must not make a gap look
// like a whole.
type counter struct {
	io.Reader
	n     int64
	limit int64 // 0 is none
	err   error
}

func (c *counter) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	c.err = err
	if c.limit > 0 && c.n > c.limit {
		c.err = fmt.Errorf("the object holds more than %s decompressed (--max-object-size)", size(c.limit))
		return 0, c.err
	}
	return n, err
}
