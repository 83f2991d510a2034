package place

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"trail403/ingest/source"
	"trail403/ingest/source/s3"
)

// Bucket is a store in S3. Its key is empty, or ends with a slash.
type Bucket struct {
	Client   *s3.Client
	Location source.Location
}

var _ Place = Bucket{}

// NewBucket returns the store under a prefix.
func NewBucket(client *s3.Client, l source.Location) Bucket {
	if l.Key != "" && !strings.HasSuffix(l.Key, "/") {
		l.Key += "/"
	}
	return Bucket{client, l}
}

// List lists the keys of a folder.
func (b Bucket) List(ctx context.Context, folder string) ([]File, error) {
	if folder != "" {
		folder += "/"
	}
	var files []File
	next := b.Client.Pages(b.Location.Bucket, b.key(folder), "/", "")
	for more := true; more; {
		var err error
		more, err = next(ctx, func(i source.Item) {
			name := strings.TrimPrefix(i.Key, b.Location.Key)
			if !i.Folder && !strings.HasSuffix(i.Key, "/") && !isHidden(strings.TrimPrefix(name, folder)) {
				files = append(files, File{name, i.Size})
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Open returns the object of a file, which is read in the parts that are asked for.
func (b Bucket) Open(ctx context.Context, f File) (Content, error) {
	if f.Size < 0 {
		return nil, fmt.Errorf("reading %s: the listing does not tell its size", b.Name(f.Name))
	}
	return &object{b, ctx, f}, nil
}

type object struct {
	bucket Bucket
	ctx    context.Context
	file   File
}

func (o *object) ReadAt(p []byte, offset int64) (int, error) {
	n := min(int64(len(p)), max(o.file.Size-offset, 0))
	at, key := o.bucket.Location.Bucket, o.bucket.key(o.file.Name)
	err := o.bucket.Client.Part(o.ctx, at, key, p[:n], offset)
	if errors.Is(err, s3.ErrMissing) {
		err = ErrMissing
	}
	if err != nil {
		return 0, fmt.Errorf("reading %s: %w", o.bucket.Name(o.file.Name), err)
	}
	if n < int64(len(p)) {
		return int(n), io.EOF
	}
	return int(n), nil
}

func (o *object) Close() error { return nil }

// Stage makes a temporary file of this machine.
func (b Bucket) Stage() (*os.File, error) { return os.CreateTemp("", "trail403-*.tmp") }

// Discard removes a staged file.
func (b Bucket) Discard(staged *os.File) {
	staged.Close()
	os.Remove(staged.Name())
}

// Create creates an object of a staged file, if there is none of the name.
func (b Bucket) Create(ctx context.Context, name string, staged *os.File) error {
	size, err := staged.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	err = b.Client.Create(ctx, b.Location.Bucket, b.key(name), staged, size)
	if errors.Is(err, s3.ErrExists) {
		return ErrExists
	}
	return err
}

// Remove deletes an object.
func (b Bucket) Remove(ctx context.Context, name string) error {
	return b.Client.Delete(ctx, b.Location.Bucket, b.key(name))
}

// Name returns the URL of a file.
func (b Bucket) Name(file string) string {
	return source.Location{Bucket: b.Location.Bucket, Key: b.key(file)}.URL()
}

func (b Bucket) key(name string) string { return b.Location.Key + name }
