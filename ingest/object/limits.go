package object

import (
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/zstd"

	"trail403/ingest/coverage"
	"trail403/ingest/inflate"
	"trail403/ingest/scan"
)

// Limits bound what an object may cost. Beyond one of them it fails with a
// [coverage.LimitError].
type Limits struct {
	MaxObject int64 // decompressed bytes of an object, or of each member of an archive
	MaxRecord int   // bytes of a record, or of another JSON value
	MaxDepth  int   // levels that a record nests
}

// explain says in plain words what the errors of reading and unpacking mean.
func (l *Limits) explain(err error) error {
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
		return fmt.Errorf("zstd stream asks for a window above %d MiB", zstdMemory>>20)
	case errors.As(err, &damaged):
		return fmt.Errorf("%w: the object is corrupt", err)
	case errors.Is(err, scan.ErrTooLarge):
		return coverage.LimitError{Limit: coverage.MaxRecord, Value: int64(l.MaxRecord), Err: err}
	case errors.Is(err, scan.ErrDepth):
		return coverage.LimitError{Limit: coverage.MaxDepth, Value: int64(l.MaxDepth), Err: err}
	case err == io.ErrUnexpectedEOF:
		return errors.New("data ends early: the object is truncated")
	case errors.As(err, &path): // the object's name is shown beside the error
		return fmt.Errorf("cannot %s: %w", path.Op, path.Err)
	}
	return err
}

// counter counts the bytes that pass, up to a limit. After an error nothing more
// passes: a decoder that read on would take what follows a gap for its
// continuation.
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
		c.err = coverage.LimitError{Limit: coverage.MaxObject, Value: c.limit}
		return 0, c.err
	}
	return n, err
}
