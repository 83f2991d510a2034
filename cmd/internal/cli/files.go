package cli

import (
	"errors"
	"fmt"
	"sync"
)

// files are the reports that a run writes to files. A signal can end the run at any
// moment: then either all of them are at their places, or none is.
type files struct {
	mu      sync.Mutex
	pending []*pendingFile
	ended   bool // no file may be created or published any more

	// complete says that every output of the run is complete, and code is the exit
	// code that the run has from then on.
	complete bool
	code     int

	paging chan struct{} // is closed when the reader leaves the pager; nil without one
}

var errInterrupted = errors.New("the run was interrupted")

// create creates a pending file.
func (f *files) create(place string) (*pendingFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		return nil, errInterrupted
	}
	p, err := newPendingFile(place)
	if err == nil {
		f.pending = append(f.pending, p)
	}
	return p, err
}

// publish moves all files to their places. complete says that they were the last
// outputs of the run.
func (f *files) publish(complete bool, code int) error {
	for _, p := range f.pending {
		if err := p.finish(); err != nil {
			return fmt.Errorf("writing %s: %w", p.place, pathCause(err))
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		return errInterrupted
	}
	for _, p := range f.pending {
		if err := p.publish(); err != nil {
			return fmt.Errorf("writing %s: %w", p.place, pathCause(err))
		}
	}
	f.complete, f.code = complete, code
	return nil
}

// settle says that every output is complete.
func (f *files) settle(code int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.complete, f.code = true, code
}

// end removes what is not published. It returns the exit code of the run if every
// output is complete.
func (f *files) end() (code int, complete bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = true
	for _, p := range f.pending {
		p.remove()
	}
	return f.code, f.complete
}

// page says that a pager runs. end says that its reader has left it.
func (f *files) page() (end func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.paging = make(chan struct{})
	return func() { close(f.paging) }
}

// paged returns what is closed when the reader leaves the pager, nil if none runs.
func (f *files) paged() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.paging
}
