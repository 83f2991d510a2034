package source

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// Item is a key that a listing found, or a folder in place of all keys in it. Size is -1
// and Version is 0 where they are unknown; see [Entry].
type Item = struct {
	Key     string
	Size    int64
	Version uint64
	Folder  bool
}

// NextPage asks for one page of a listing. more says whether another page follows.
type NextPage = func(ctx context.Context, found func(Item)) (more bool, err error)

// Store is what a source needs of S3. A *s3.Client is one.
type Store interface {
	// Pages lists the keys of a bucket that start with the prefix, in order, from
	// the first one greater than after. With a delimiter, keys that contain it after
	// the prefix are folded into folders, up to the delimiter.
	Pages(bucket, prefix, delimiter, after string) NextPage
	Get(ctx context.Context, bucket, key string) (body io.ReadCloser, length int64, err error)
}

// get opens an object by its URL.
func get(ctx context.Context, store Store, e Entry) (io.ReadCloser, int64, error) {
	rest, ok := strings.CutPrefix(e.Name, "s3://")
	bucket, key, slash := strings.Cut(rest, "/")
	if !ok || !slash {
		return nil, 0, fmt.Errorf("%q is not the URL of an object in S3", e.Name)
	}
	return store.Get(ctx, bucket, key)
}
