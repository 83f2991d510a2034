package place

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Folder is a store in a folder. Others than its owner cannot read it: records have names
// and addresses.
type Folder struct{ Path string }

var _ Place = Folder{}

const (
	folderMode = 0o700
	temporary  = ".trail403-*.tmp"
)

// List lists a folder.
func (f Folder) List(_ context.Context, folder string) ([]File, error) {
	entries, err := os.ReadDir(f.path(folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, f.about("reading", folder, err)
	}
	var files []File
	for _, e := range entries {
		if isHidden(e.Name()) || e.IsDir() {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was removed in the meantime
		} else if err != nil {
			return nil, f.about("reading", folder, err)
		}
		name := e.Name()
		if folder != "" {
			name = folder + "/" + name
		}
		files = append(files, File{name, info.Size()})
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// Open opens a file.
func (f Folder) Open(_ context.Context, file File) (Content, error) {
	in, err := os.Open(f.path(file.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, f.about("reading", file.Name, ErrMissing)
	} else if err != nil {
		return nil, f.about("reading", file.Name, err)
	}
	return in, nil
}

// Stage makes a hidden file in the store, since a link cannot leave a file system.
func (f Folder) Stage() (*os.File, error) {
	if err := os.MkdirAll(f.Path, folderMode); err != nil {
		return nil, f.about("creating", "", err)
	}
	staged, err := os.CreateTemp(f.Path, temporary) // which only its owner can read
	if err != nil {
		return nil, f.about("writing to", "", err)
	}
	return staged, nil
}

// Discard removes a staged file. Where that fails, a hidden file stays, which means
// nothing.
func (f Folder) Discard(staged *os.File) {
	staged.Close()
	os.Remove(staged.Name())
}

// Tidy removes the hidden files that runs left which were killed before a time.
func (f Folder) Tidy(before time.Time) error {
	names, err := filepath.Glob(filepath.Join(f.Path, temporary))
	if err != nil {
		return err
	}
	for _, name := range names {
		info, err := os.Lstat(name)
		if err != nil || !info.ModTime().Before(before) {
			continue // a run may be writing to it, or it is gone
		}
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f.about("removing", filepath.Base(name), err)
		}
	}
	return nil
}

// Create links the staged file under its name: the file system lets one of several do
// that, and the file is complete on the disk before it has the name.
func (f Folder) Create(_ context.Context, name string, staged *os.File) error {
	path := f.path(name)
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return f.about("creating", name, err)
	}
	if err := staged.Sync(); err != nil {
		return f.about("writing", name, err)
	}
	err := os.Link(staged.Name(), path)
	if errors.Is(err, fs.ErrExist) {
		return ErrExists
	} else if err != nil {
		return f.about("creating", name, err)
	}
	return f.syncFolders(filepath.Dir(path))
}

// syncFolders makes the name of a new file last on the disk, and that of its folder.
func (f Folder) syncFolders(dir string) error {
	for _, path := range []string{dir, f.Path} {
		d, err := os.Open(path)
		if err != nil {
			return f.about("reading", "", err)
		}
		_ = d.Sync() // not every file system can do that with a folder
		d.Close()
	}
	return nil
}

// Remove removes a file.
func (f Folder) Remove(_ context.Context, name string) error {
	if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f.about("removing", name, err)
	}
	return nil
}

// Name returns the path of a file.
func (f Folder) Name(file string) string { return f.path(file) }

func (f Folder) path(name string) string { return filepath.Join(f.Path, filepath.FromSlash(name)) }

// about says what failed, without repeating the path that an error of the system has.
func (f Folder) about(doing, name string, err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("%s %s: %w", doing, f.path(name), err)
}
