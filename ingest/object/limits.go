package object

import (
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"

	"github.com/klauspost/compress/zstd"

	"trail403/ingest/columns"
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

	MaxArchive int64 // decompressed bytes of an archive and all of its members
	MaxMembers int   // members of an archive, of any kind
	MaxTemp    int64 // bytes of the temporary copy of a zip archive
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
	case errors.Is(err, columns.ErrObject):
		return coverage.LimitError{Limit: coverage.MaxObject, Value: l.MaxObject, Err: err}
	case errors.Is(err, columns.ErrGroup):
		return coverage.LimitError{Limit: coverage.MaxRecord, Value: int64(l.MaxRecord), Err: err}
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

// total counts the decompressed bytes of an archive: those of the archive itself,
// with its padding and what is skipped, and those that its members decompress to.
type total struct{ n, limit int64 }

// add counts n more bytes. The error says that there are too many.
func (t *total) add(n int64) error {
	t.n += min(n, math.MaxInt64-t.n) // sizes in an archive may be any numbers
	if t.n > t.limit {
		return coverage.LimitError{Limit: coverage.MaxArchive, Value: t.limit}
	}
	return nil
}

// counter counts the bytes that pass, up to a limit. After an error nothing more
// passes: a decoder that read on would take what follows a gap for its
// continuation.
type counter struct {
	io.Reader
	n     int64
	limit int64  // 0 is none
	total *total // of the archive that the bytes count for, nil if there is none
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
	if c.total != nil {
		if over := c.total.add(int64(n)); over != nil {
			c.err = over
			return 0, over
		}
	}
	return n, err
}
