package object

import (
	"fmt"
	"io"
	"math"
	"os"

	"trail403/ingest/coverage"
)

// tempFile is a copy of an object in the folder for temporary files.
type tempFile struct {
	*os.File
	size    int64
	hasName bool
}

// copyToTemp copies a text to a temporary file with the given end of its name, for what
// cannot be read in order.
func (l *Limits) copyToTemp(in io.Reader, suffix string) (*tempFile, error) {
	file, err := os.CreateTemp("", "trail403-*"+suffix)
	if err != nil {
		return nil, fmt.Errorf("making a temporary file: %w", l.explain(err))
	}
	t := &tempFile{File: file}
	// Without a name, it is gone however the run ends. Some systems remove only files
	// that are closed: see remove.
	t.hasName = os.Remove(file.Name()) != nil
	t.size, err = io.Copy(file, io.LimitReader(in, addOne(l.MaxTemp)))
	if err == nil && t.size > l.MaxTemp {
		err = coverage.LimitError{Limit: coverage.MaxTemp, Value: l.MaxTemp}
	}
	if err != nil {
		t.remove()
		return nil, err
	}
	return t, nil
}

// remove closes the file, and removes it if it still has a name.
func (t *tempFile) remove() {
	t.Close()
	if t.hasName {
		os.Remove(t.Name())
	}
}

// addOne adds one to a limit, to see whether there is more.
func addOne(limit int64) int64 { return min(limit, math.MaxInt64-1) + 1 }
