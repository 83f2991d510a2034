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
	"time"

	"trail403/ingest/redact"
)

// Local is a file, or a folder with everything below it. List follows symbolic
// links. It does not list a file or folder again that it has reached before.
type Local struct{ Path string }

var _ Source = Local{}

var errNotRegular = errors.New("not a regular file")

// List walks the tree in lexical order and ignores the times of the query. Files
// and folders that only links lead to come last. List fails only if Path itself
// cannot be read. What cannot be read below it is an entry with an error.
func (l Local) List(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) { l.list(ctx, q, newReached(), yield) }
}

// list lists what was not reached before.
func (l Local) list(ctx context.Context, q Query, r *reached, yield func(Entry, error) bool) {
	info, err := os.Stat(l.Path)
	if err != nil {
		yield(Entry{}, fmt.Errorf("reading source %s: %w", redact.URL(l.Path), cause(err)))
		return
	}
	if !info.IsDir() {
		// This may be a named pipe: the user asked for it by name.
		if r.named(l.Path, info) {
			yield(fileEntry(l.Path, info), nil)
		}
		return
	}
	entries, err := os.ReadDir(l.Path)
	if err != nil {
		yield(Entry{}, fmt.Errorf("reading source %s: %w", l.Path, cause(err)))
		return
	}
	w := walk{ctx: ctx, query: &q, reached: r, yield: yield}
	if real := realPath(l.Path); r.folder(real) && w.entries(l.Path, real, entries) {
		w.links()
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
	reached *reached
	yield   func(Entry, error) bool
	// linked are links that are followed at the end. The walk may also reach their
	// targets without them, by a name that says more.
	linked []string
}

// links lists the targets of links that the walk did not reach otherwise.
func (w *walk) links() {
	for len(w.linked) > 0 {
		path := w.linked[0]
		w.linked = w.linked[1:]
		if !w.link(path) {
			return
		}
	}
}

func (w *walk) link(path string) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return w.yield(Entry{Name: path, Size: -1, Err: cause(err)}, nil)
	case info.IsDir():
		return w.folder(path, realPath(path))
	}
	return !w.reached.named(path, info) || w.yield(fileEntry(path, info), nil)
}

// entries lists the content of a folder. real is its path without links.
func (w *walk) entries(dir, real string, entries []fs.DirEntry) bool {
	for _, e := range entries {
		if err := context.Cause(w.ctx); err != nil {
			w.yield(Entry{}, err)
			return false
		}
		if !w.entry(filepath.Join(dir, e.Name()), filepath.Join(real, e.Name()), e) {
			return false
		}
	}
	return true
}

func (w *walk) entry(path, real string, e fs.DirEntry) bool {
	info, err := e.Info()
	isLink := err == nil && info.Mode()&fs.ModeSymlink != 0
	if isLink {
		info, err = os.Stat(path)
	}
	switch {
	case err != nil:
		return w.yield(Entry{Name: path, Size: -1, Err: cause(err)}, nil)
	case !info.IsDir() && !info.Mode().IsRegular():
		return w.yield(Entry{Name: path, Size: -1, Err: errNotRegular}, nil)
	case isLink:
		w.linked = append(w.linked, path)
		return true
	case info.IsDir():
		return w.folder(path, real)
	}
	return !w.reached.file(real, info) || w.yield(fileEntry(path, info), nil)
}

// folder lists a folder in the tree.
func (w *walk) folder(path, real string) bool {
	switch {
	case w.reached.folders[real]:
		return true
	case w.query.Prunes(path):
		return !w.reached.prune(real) || w.yield(Entry{Name: path, Pruned: true}, nil)
	}
	w.reached.folder(real)
	entries, err := os.ReadDir(path)
	if err != nil && !w.yield(Entry{Name: path, Size: -1, Err: cause(err)}, nil) {
		return false
	}
	return w.entries(path, real, entries) // also what was read before an error
}

// fileEntry is the entry of a file. The size of what is no regular file means nothing.
func fileEntry(path string, info fs.FileInfo) Entry {
	if !info.Mode().IsRegular() {
		return Entry{Name: path, Size: -1}
	}
	return Entry{Name: path, Size: info.Size(), Version: version(info.ModTime())}
}

// version returns the version of a file that was changed at a time. It is not 0: many an
// archive gives all of its files the time at which Unix counts 0.
func version(changed time.Time) uint64 { return uint64(changed.UnixNano()) ^ 1<<63 }

// cause returns an error of the file system without its operation and path, because
// the object is named where the error is shown.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
