package source

import (
	"context"
	"io"
	"iter"
)

// Bucket is what lies below a key of a bucket: a folder, with or without its
// slash; one object; or else all keys that begin with it. Objects are named
// s3://BUCKET/KEY.
type Bucket struct {
	Store    Store
	Location Location
}

var _ Remote = Bucket{}

// List finds the objects. In CloudTrail's layout it lists only the times that
// the query asks for; what else there is shows nowhere.
func (b Bucket) List(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		d := &discovery{store: b.Store, found: newFinds(b.Location.Bucket, &q)}
		d.run(ctx, b.Location.Key, yield)
	}
}

// Open opens an object.
func (b Bucket) Open(ctx context.Context, e Entry) (io.ReadCloser, error) {
	body, _, err := b.Get(ctx, e)
	return body, err
}

// Get opens an object and tells its length.
func (b Bucket) Get(ctx context.Context, e Entry) (io.ReadCloser, int64, error) {
	return get(ctx, b.Store, e)
}
