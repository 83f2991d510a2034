package policyfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"trail403/ingest/event"
)

// Files is what files and folders say about policies.
type Files struct {
	Snapshots []event.Snapshot
	// Notes say what a file was taken for, and what of it was left out.
	Notes []Note
	// Failures are files that could not be read, with the reason.
	Failures []Note
}

// Note says something about a file.
type Note struct {
	File string // hostile, as all names of files
	Text string
}

func (n Note) String() string { return n.File + ": " + n.Text }

// Read reads files, and folders with everything below them, in the order of their
// names. It fails if one of the given names does not exist. Links in a folder are not
// followed.
func Read(names []string) (*Files, error) {
	r := &reader{}
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return nil, fmt.Errorf("policies: %w", err)
		}
		if !info.IsDir() {
			r.file(name, true)
			continue
		}
		r.other, r.first = 0, ""
		if err := r.folder(name); err != nil {
			return nil, err
		}
		if r.other > 0 {
			r.Notes = append(r.Notes, Note{name, "files in this folder that hold no policy that is recognized: " +
				strconv.Itoa(r.other) + ", the first one is " + r.first + "."})
		}
	}
	return &r.Files, nil
}

type reader struct {
	Files
	seen  int
	other int    // files in a folder that hold no policy
	first string // the first one
}

var errTooMany = fmt.Errorf("there are more than %d files with policies", maxFiles)

// folder reads what is below a folder.
func (r *reader) folder(root string) error {
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			r.fail(name, err)
			return nil
		case d.IsDir():
			if name != root && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
			if r.folderOfOne(name) {
				return fs.SkipDir
			}
			return nil
		}
		if r.seen++; r.seen > maxFiles {
			return errTooMany
		}
		if isJSON := slices.Contains([]string{".json", ".gz", ".txt"}, filepath.Ext(name)); isJSON && d.Type().IsRegular() {
			r.file(name, false)
		}
		return nil
	})
}

// folderOfOne reads a folder that iam-collect made for one thing. ok is false for any
// other folder.
func (r *reader) folderOfOne(name string) (ok bool) {
	about := filepath.Join(name, metadata)
	if info, err := os.Lstat(about); err != nil || !info.Mode().IsRegular() {
		return false
	}
	text, at, err := content(about)
	if err != nil || !isCollected(text) {
		return false
	}
	o := object{"metadata": text}
	for _, member := range collected {
		part, written, err := content(filepath.Join(name, member+".json"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = check(part)
		}
		if err != nil {
			r.fail(filepath.Join(name, member+".json"), err)
			continue
		}
		o[member] = part
		if written.After(at) {
			at = written
		}
	}
	f := &file{Snapshot: event.Snapshot{File: name, Time: at}}
	f.readCollected(o)
	r.keep(f)
	return true
}

// file reads one file. One that was named and holds no policy is worth a note.
func (r *reader) file(name string, named bool) {
	text, at, err := content(name)
	f := &file{Snapshot: event.Snapshot{File: name, Time: at}}
	ok := false
	if err == nil {
		ok, err = f.parse(text)
	}
	switch {
	case ok:
	case named && err == nil:
		f.note("it holds no policy that is recognized.")
	case !named && (err == nil || errors.Is(err, errObject)):
		if r.other++; r.other == 1 {
			r.first = name
		}
	default:
		r.fail(name, err)
	}
	r.keep(f)
}

// keep keeps what a file says.
func (r *reader) keep(f *file) {
	r.Snapshots = append(r.Snapshots, f.all()...)
	for _, text := range f.notes {
		r.Notes = append(r.Notes, Note{f.File, text})
	}
}

func (r *reader) fail(name string, err error) {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	r.Failures = append(r.Failures, Note{name, err.Error()})
}

// Document returns the text of the one policy document that a file has: the document
// itself, or the output of a command that prints it as Policy.
func Document(name string) ([]byte, error) {
	text, _, err := content(name)
	if err == nil {
		err = check(text)
	}
	if err != nil {
		return nil, err
	}
	o, err := read(text)
	if err != nil {
		return nil, err
	}
	if o.has("Policy") && !o.has("Statement") {
		return []byte(o.document("Policy")), nil
	}
	return text, nil
}
