// Package source says where CloudTrail files come from.
package source

import (
	"context"
	"io"
	"iter"
)

// Entry is what a listing finds.
type Entry struct {
	// Name is shown to people and identifies the entry: a path or a URL. It may
	// hold any bytes.
	Name string
	// Size in bytes as stored, -1 if unknown.
	Size int64
	// Pruned marks a folder that was passed over unlisted, for it holds no
	// records.
	Pruned bool
	// Err says why the entry cannot be read. The listing goes on.
	Err error
}

// Source is a place that holds objects: CloudTrail files. It is safe for
// concurrent use.
type Source interface {
	// List finds all entries, in an order that does not change while the source
	// does not. An error is the last thing it yields: nothing behind it was
	// listed.
	List(ctx context.Context) iter.Seq2[Entry, error]
	// Open opens the object of a listed entry. The reader may be read by one
	// goroutine at a time and fails soon after ctx ends.
	Open(ctx context.Context, e Entry) (io.ReadCloser, error)
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
