package source

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
)

// Tree is a tree of files that the program itself holds, such as the demo archive.
type Tree struct{ FS fs.FS }

var _ Source = Tree{}

// List walks the tree in lexical order and ignores the times of the query, as it does
// for local files.
func (t Tree) List(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		visit := func(path string, d fs.DirEntry, err error) error {
			if err == nil {
				err = context.Cause(ctx)
			}
			if err != nil {
				return err
			}
			e, listed, err := t.entry(&q, path, d)
			switch {
			case err != nil:
				return err
			case listed && !yield(e, nil):
				return fs.SkipAll
			case e.Pruned:
				return fs.SkipDir
			}
			return nil
		}
		if err := fs.WalkDir(t.FS, ".", visit); err != nil {
			yield(Entry{}, err)
		}
	}
}

// entry returns the entry of a file, or of a folder that is pruned. Other folders are
// not listed themselves.
func (t Tree) entry(q *Query, path string, d fs.DirEntry) (e Entry, listed bool, err error) {
	if d.IsDir() {
		pruned := path != "." && q.Prunes(path)
		return Entry{Name: path, Pruned: pruned}, pruned, nil
	}
	info, err := d.Info()
	if err != nil {
		return Entry{}, false, fmt.Errorf("reading %s: %w", path, cause(err))
	}
	return Entry{Name: path, Size: info.Size()}, true, nil
}

// Open opens a file of the tree.
func (t Tree) Open(ctx context.Context, e Entry) (io.ReadCloser, error) {
	f, err := t.FS.Open(e.Name)
	if err != nil {
		return nil, cause(err)
	}
	return contextReader{f, ctx}, nil
}
