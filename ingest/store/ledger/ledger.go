package ledger

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
)

// Ledger is what was committed to a store until it was read.
type Ledger struct {
	Place   place.Place
	Runs    []*Run // in the order of their sequence
	History manifest.History
	// Replaced are files whose runs another file holds, too. Readers leave them out.
	Replaced []place.File
}

// readers is how many files are read at a time.
const readers = 32

// Open reads a store. Anything that is wrong with it is an error.
func Open(ctx context.Context, p place.Place) (*Ledger, error) {
	l, problems, err := Survey(ctx, p)
	if err == nil && len(problems) > 0 {
		err = problems[0]
	}
	if err != nil {
		return nil, err
	}
	return l, nil
}

// Survey reads a store and returns what is wrong with it.
func Survey(ctx context.Context, p place.Place) (l *Ledger, problems []*Problem, err error) {
	if err := exists(ctx, p); err != nil {
		return nil, nil, err
	}
	l = &Ledger{Place: p}
	problems, err = l.read(ctx)
	return l, problems, err
}

// Next returns the sequence number of the next run.
func (l *Ledger) Next() int {
	if len(l.Runs) == 0 {
		return 1
	}
	return l.Runs[len(l.Runs)-1].Last + 1
}

// Refresh reads the runs that were committed since, also in a file that took the place of
// others in the meantime. What was read before is not read again.
func (l *Ledger) Refresh(ctx context.Context) (added []*Run, err error) {
	before := l.Next()
	problems, err := l.read(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(problems) > 0:
		return nil, problems[0]
	}
	for _, r := range l.Runs {
		if r.Last >= before {
			added = append(added, r)
		}
	}
	return added, nil
}

// read reads all runs, and again if a file was replaced by another between the listing
// and the reading.
func (l *Ledger) read(ctx context.Context) (problems []*Problem, err error) {
	const attempts = 3
	for range attempts {
		if problems, err = l.readListed(ctx); !errors.Is(err, place.ErrMissing) {
			break
		}
	}
	return problems, err
}

func (l *Ledger) readListed(ctx context.Context) (problems []*Problem, err error) {
	files, err := l.Place.List(ctx, EventsFolder)
	if err != nil {
		return nil, err
	}
	list, holes, overlaps := current(files)
	for _, n := range holes {
		problems = append(problems, &Problem{l.Place.Name(RunName(n)), ErrHole})
	}
	for _, s := range overlaps {
		problems = append(problems, &Problem{l.Place.Name(s.Name), ErrOverlap})
	}
	runs, damaged, err := l.readRuns(ctx, list)
	if err != nil {
		return nil, err
	}
	problems = append(problems, damaged...)
	ids := map[string]bool{}
	l.Runs, l.History = nil, manifest.History{}
	for _, r := range runs {
		if r == nil {
			continue
		}
		if ids[r.Manifest.Run] {
			problems = append(problems, &Problem{l.Place.Name(r.File.Name), ErrTwice})
		}
		ids[r.Manifest.Run] = true
		l.Runs = append(l.Runs, r)
		l.History.Add(r.Manifest)
	}
	l.Replaced = replaced(files, list)
	return problems, nil
}

// readRuns reads the ends of files, as far as they are not known. A damaged file leaves a
// gap.
func (l *Ledger) readRuns(ctx context.Context, list []spanned) (runs []*Run, damaged []*Problem, err error) {
	known := map[place.File]*Run{}
	for _, r := range l.Runs {
		known[r.File] = r
	}
	runs = make([]*Run, len(list))
	failed := make([]*Problem, len(list))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(readers)
	for i, s := range list {
		if runs[i] = known[s.File]; runs[i] != nil {
			continue
		}
		g.Go(func() error {
			r, err := readRun(ctx, l.Place, s.File, s.span)
			if errors.As(err, &failed[i]) {
				return nil
			} else if err != nil {
				return fmt.Errorf("reading the store: %w", err)
			}
			runs[i] = r
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	for _, p := range failed {
		if p != nil {
			damaged = append(damaged, p)
		}
	}
	return runs, damaged, nil
}

// replaced returns the files of runs that are not current.
func replaced(files []place.File, list []spanned) (old []place.File) {
	isCurrent := map[string]bool{}
	for _, s := range list {
		isCurrent[s.Name] = true
	}
	for _, f := range files {
		if _, ok := spanOf(f.Name); ok && !isCurrent[f.Name] {
			old = append(old, f)
		}
	}
	return old
}

// Holder returns the run whose file replaced a file, nil if none did.
func (l *Ledger) Holder(old place.File) *Run {
	s, ok := spanOf(old.Name)
	for _, r := range l.Runs {
		if ok && r.First <= s.first && r.Last >= s.last {
			return r
		}
	}
	return nil
}

// ReadManifest reads the manifest of a file of runs.
func (l *Ledger) ReadManifest(ctx context.Context, f place.File) (*manifest.Manifest, error) {
	s, _ := spanOf(f.Name)
	r, err := readRun(ctx, l.Place, f, s)
	if err != nil {
		return nil, err
	}
	return r.Manifest, nil
}
