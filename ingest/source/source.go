// Package source says where CloudTrail files come from.
package source

import (
	"context"
	"io"
	"iter"
	"strings"
)

// Entry is one result of a listing.
type Entry struct {
	// Name is shown to people and identifies the entry: a path or a URL. It may
	// hold any bytes.
	Name string
	// Size in bytes as stored, -1 if unknown.
	Size int64
	// Version differs between two contents of one name, as far as the listing tells: it
	// is made of the ETag of an object in S3, or of the time of a file's last change. It is
	// 0 if unknown.
	Version uint64
	// Pruned marks a folder that was skipped without listing it: it holds no
	// records, or none that were asked for.
	Pruned bool
	// Err says why the entry cannot be read. The listing continues.
	Err error
}

// Once says whether the object can be read only once, as a pipe.
func (e Entry) Once() bool { return e.Size < 0 && !strings.HasPrefix(e.Name, "s3://") }

// Source is a place that holds objects: CloudTrail files. It is safe for
// concurrent use.
type Source interface {
	// List finds all entries that the query asks for, in any order. It may find
	// more, such as objects that were delivered at other times. It yields nothing
	// after an error: what would have come after it was not listed.
	List(ctx context.Context, q Query) iter.Seq2[Entry, error]
	// Open opens the object of a listed entry. The reader may be read by one
	// goroutine at a time and fails soon after ctx ends.
	Open(ctx context.Context, e Entry) (io.ReadCloser, error)
}

// Remote is a source at the other end of a network. It makes sense to fetch many of
// its objects at a time, and to try again after an error. The retry.Kind of an
// error of Get, or of the reader, says whether another attempt makes sense.
type Remote interface {
	Source
	// Get is Open, and also returns how many bytes there are, -1 if unknown.
	Get(ctx context.Context, e Entry) (body io.ReadCloser, length int64, err error)
}

// contextReader ends a stream when the context does.
type contextReader struct {
	io.ReadCloser
	ctx context.Context
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := context.Cause(r.ctx); err != nil {
		return 0, err
	}
	return r.ReadCloser.Read(p)
}
