package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
)

// Local is a file or a folder with all that lies below it. Symbolic links are
// followed; a folder that was reached before is not entered again.
type Local struct{ Path string }

var _ Source = Local{}

var errNotRegular = errors.New("not a regular file")

// List walks the tree in lexical order, whatever the times. It fails only where Path itself cannot
// be read; below it, what cannot be read is an entry with its error.
func (l Local) List(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		info, err := os.Stat(l.Path)
		if err != nil {
			yield(Entry{}, fmt.Errorf("reading source %s: %w", l.Path, cause(err)))
			return
		}
		if !info.IsDir() {
			// A named pipe is fine here: the user asked for it by name.
			yield(Entry{Name: l.Path, Size: sizeOf(info)}, nil)
			return
		}
		w := walk{ctx: ctx, query: &q, yield: yield, entered: map[string]bool{}}
		if entries, err := os.ReadDir(l.Path); err != nil {
			yield(Entry{}, fmt.Errorf("reading source %s: %w", l.Path, cause(err)))
		} else if w.enter(l.Path) {
			w.entries(l.Path, entries)
		}
	}
}

// Open opens a file.
func (l Local) Open(ctx context.Context, e Entry) (io.ReadCloser, error) {
	f, err := os.Open(e.Name)
	if err != nil {
		return nil, cause(err)
	}
	return contextReader{f, ctx}, nil
}

// walk is one walk through a tree. Its methods return false to end it.
type walk struct {
	ctx     context.Context
	query   *Query
	yield   func(Entry, error) bool
	entered map[string]bool // real paths of folders
}

func (w *walk) entries(dir string, entries []fs.DirEntry) bool {
	for _, e := range entries {
		if err := context.Cause(w.ctx); err != nil {
			w.yield(Entry{}, err)
			return false
		}
		if !w.entry(filepath.Join(dir, e.Name()), e) {
			return false
		}
	}
	return true
}

func (w *walk) entry(path string, e fs.DirEntry) bool {
	info, err := e.Info()
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = os.Stat(path)
	}
	switch {
	case err != nil:
		return w.yield(Entry{Name: path, Size: -1, Err: cause(err)}, nil)
	case !info.IsDir() && !info.Mode().IsRegular():
		return w.yield(Entry{Name: path, Size: -1, Err: errNotRegular}, nil)
	case !info.IsDir():
		return w.yield(Entry{Name: path, Size: sizeOf(info)}, nil)
	case w.query.Prunes(path):
		return w.yield(Entry{Name: path, Pruned: true}, nil)
	case !w.enter(path):
		return true
	}
	entries, err := os.ReadDir(path)
	if err != nil && !w.yield(Entry{Name: path, Size: -1, Err: cause(err)}, nil) {
		return false
	}
	return w.entries(path, entries) // what was read before the error, too
}

// enter says whether the folder is reached for the first time.
func (w *walk) enter(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		real = path
	}
	if w.entered[real] {
		return false
	}
	w.entered[real] = true
	return true
}

func sizeOf(info fs.FileInfo) int64 {
	if !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}

// cause strips the operation and path from an error of the file system: the
// object is named where the error is shown.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
