package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// pendingFile is a report that is being written. It is beside its place under a hidden
// name, only its owner can read it, and it is locked: so the next run can tell it from
// what a killed run left. A complete report replaces what was at its place.
type pendingFile struct {
	*os.File
	place string      // the path without links
	mode  os.FileMode // of the complete file
	done  bool        // it is published or removed
}

// newPendingFile creates the file for a report that goes to a path without links.
func newPendingFile(place string) (*pendingFile, error) {
	p := &pendingFile{place: place, mode: 0o644 &^ umask()}
	if info, err := os.Stat(place); err == nil {
		p.mode = info.Mode().Perm()
	}
	removeAbandoned(place)
	for range 100 {
		f, err := os.CreateTemp(filepath.Dir(place), hiddenPrefix(place)+"*")
		if err != nil {
			return nil, err
		}
		held, err := lock(f)
		if (held || err != nil) && isAt(f, f.Name()) {
			p.File = f
			return p, nil
		}
		// Before it was locked, another run took the file for an abandoned one.
		f.Close()
	}
	return nil, errors.New("the file for the report disappears as soon as it is created")
}

// hiddenPrefix returns how the names of pending files for a place start. A name has at
// most 255 bytes.
func hiddenPrefix(place string) string {
	base := filepath.Base(place)
	return "." + base[:min(len(base), 200)] + ".trail403-"
}

// isAt says whether an open file is still the one at a path.
func isAt(f *os.File, path string) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	info, err := os.Lstat(path)
	return err == nil && os.SameFile(open, info)
}

// removeAbandoned removes pending files for a place if no process holds a lock on
// them: the runs that wrote them were killed. What cannot be removed stays.
func removeAbandoned(place string) {
	folder, err := os.Open(filepath.Dir(place))
	if err != nil {
		return
	}
	defer folder.Close()
	prefix := hiddenPrefix(place)
	for {
		entries, err := folder.ReadDir(1000) // a folder may have millions of entries
		for _, e := range entries {
			number, ok := strings.CutPrefix(e.Name(), prefix)
			if ok && e.Type().IsRegular() && number != "" && strings.Trim(number, "0123456789") == "" {
				removeUnlocked(filepath.Join(folder.Name(), e.Name()))
			}
		}
		if err != nil || len(entries) == 0 {
			return
		}
	}
}

func removeUnlocked(path string) {
	f, err := openAbandoned(path)
	if err != nil {
		return
	}
	defer f.Close()
	if held, _ := lock(f); held && isAt(f, path) {
		os.Remove(path)
	}
}

// finish puts the complete file on the disk, with the permissions that it will have at
// its place.
func (p *pendingFile) finish() error {
	if err := p.Chmod(p.mode); err != nil {
		return err
	}
	return p.Sync()
}

// publish moves the file to its place.
func (p *pendingFile) publish() error {
	if err := os.Rename(p.Name(), p.place); err != nil {
		return err
	}
	p.done = true
	return p.Close()
}

// remove removes the file, unless it is published.
func (p *pendingFile) remove() {
	if !p.done {
		p.done = true
		os.Remove(p.Name())
		p.Close()
	}
}
