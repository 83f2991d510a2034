package source

import (
	"context"
	"io"
	"iter"
)

// Bucket is a part of a bucket in S3. Its key is that of a folder, with or without
// the slash, or of one object. If there is neither, it stands for all keys that
// start with it. Objects are named s3://BUCKET/KEY.
type Bucket struct {
	Store    Store
	Location Location
}

var _ Remote = Bucket{}

// List finds the objects. In CloudTrail's layout it lists only the times that the
// query asks for. Objects of other times do not appear at all.
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
