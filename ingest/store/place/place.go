// Package place is where a store lies: in a folder, or under a prefix of a bucket in S3.
// A file of a store never changes. It is created once, complete, by exactly one of those
// who try, or it is not there.
//
//  1. place.go says what a store needs of a place.
//  2. folder.go and bucket.go are the two places.
package place

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
)

// ErrExists is the error of creating a file that exists.
var ErrExists = errors.New("the file exists already")

// ErrMissing is the error of opening or reading a file that does not exist.
var ErrMissing = errors.New("the file does not exist")

// File is a file of a store. Its name is relative to the store, with slashes.
type File struct {
	Name string
	Size int64
}

// Content is an open file.
type Content interface {
	io.ReaderAt
	io.Closer
}

// Place is where a store lies. It is safe for concurrent use.
type Place interface {
	// List returns the files of a folder of the store, sorted by name. A folder that does
	// not exist has none.
	List(ctx context.Context, folder string) ([]File, error)
	// Open opens a file of a listing.
	Open(ctx context.Context, f File) (Content, error)
	// Stage returns a temporary file, which Create can publish. Discard removes it.
	Stage() (*os.File, error)
	Discard(staged *os.File)
	// Create publishes a staged file under a name, or fails with ErrExists. After a lost
	// answer, the file that exists may be the one of this call.
	Create(ctx context.Context, name string, staged *os.File) error
	// Remove removes a file. Without one, nothing happens.
	Remove(ctx context.Context, name string) error
	// Name returns the name of a file for people.
	Name(file string) string
}

// ReadAll returns all bytes of a file.
func ReadAll(ctx context.Context, p Place, f File) ([]byte, error) {
	in, err := p.Open(ctx, f)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data := make([]byte, f.Size)
	if n, err := in.ReadAt(data, 0); n < len(data) {
		return nil, err
	}
	return data, nil
}

// CreateBytes creates a file of these bytes.
func CreateBytes(ctx context.Context, p Place, name string, data []byte) error {
	staged, err := p.Stage()
	if err != nil {
		return err
	}
	defer p.Discard(staged)
	if _, err := staged.Write(data); err != nil {
		return err
	}
	return p.Create(ctx, name, staged)
}

// isHidden says whether a name is that of a temporary file.
func isHidden(name string) bool { return strings.HasPrefix(name, ".") }
