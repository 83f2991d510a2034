package source

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Store is what a source needs of S3. A *s3.Client is one.
type Store interface {
	// Page lists a page of keys in order: those behind after, or those that token
	// stands for. With a delimiter keys are folded into folders, of size -1. next
	// is empty behind the last page.
	Page(ctx context.Context, bucket, prefix, delimiter, after, token string, found func(key string, size int64)) (next string, err error)
	Get(ctx context.Context, bucket, key string) (body io.ReadCloser, length int64, err error)
}

// Bucket is what lies below a key of a bucket: a folder, with or without its
// slash; one object; or else all keys that begin so. Objects are named
// s3://BUCKET/KEY.
type Bucket struct {
	Store    Store
	Location Location
}

var _ Remote = Bucket{}

// NothingThere is the error of a prefix without objects.
type NothingThere struct {
	Location Location
	Folders  []string // what the bucket holds at the top
}

func (e *NothingThere) Error() string { return "no objects in " + e.Location.URL() }

// List finds the objects. In CloudTrail's layout it lists only the times that
// the query asks for; of these it does not say what else there is.
func (b Bucket) List(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		d := &discovery{store: b.Store, bucket: b.Location.Bucket, query: &q}
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

func get(ctx context.Context, store Store, e Entry) (io.ReadCloser, int64, error) {
	rest, ok := strings.CutPrefix(e.Name, "s3://")
	bucket, key, slash := strings.Cut(rest, "/")
	if !ok || !slash {
		return nil, 0, fmt.Errorf("%q is no object in S3", e.Name)
	}
	return store.Get(ctx, bucket, key)
}
