package source

import (
	"context"
	"io"
	"iter"
)

// Stdin is standard input as a source of one object.
type Stdin struct{ Reader io.Reader }

var _ Source = Stdin{}

// List yields the one object.
func (s Stdin) List(context.Context, Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		yield(Entry{Name: "standard input", Size: -1}, nil)
	}
}

// Open returns the stream itself, which can be read once.
func (s Stdin) Open(ctx context.Context, _ Entry) (io.ReadCloser, error) {
	return contextReader{io.NopCloser(s.Reader), ctx}, nil
}
