package engine

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"trail403/ingest/source"
	"trail403/ingest/source/retry"
)

// hopeless is after how many failed parts in a row a run ends. Reading all of a large
// trail here is not what was asked for.
const hopeless = 3

// maxFailed is how many failed queries are named.
const maxFailed = 10

// How many queries about a part may fail until none of the others is split. One bad object
// among 10,000 takes 14. Where not even one of the halves and quarters of a part succeeds,
// the objects are not the reason.
const (
	maxFailures   = 20
	maxOnlyFailed = 5
)

// Answer runs a query about the objects, sorted by name. If it fails, each half of them is
// asked about, and so on, so that one object that the engine cannot read costs only its own
// answer. An error ends the run: every query would have it, or nothing succeeded for some
// parts in a row.
func (e *Engine) Answer(ctx context.Context, objects []source.Entry) (map[string]*source.Answer, error) {
	byName := func(a, b source.Entry) int { return cmp.Compare(a.Name, b.Name) }
	objects = slices.SortedFunc(slices.Values(objects), byName)
	answers := map[string]*source.Answer{}
	succeeded, failures := 0, 0
	var last error
	for parts := [][]source.Entry{objects}; len(parts) > 0; parts = parts[1:] {
		part := parts[0]
		found, err := e.ask(ctx, part)
		switch {
		case err == nil:
			succeeded++
			maps.Copy(answers, found)
			continue
		case context.Cause(ctx) != nil:
			return nil, context.Cause(ctx)
		case retry.KindOf(err) == retry.Fatal:
			return nil, fmt.Errorf("asking the engine: %w", err)
		}
		failures++
		last = err
		isSplit := len(part) > 1 && !retry.Temporary(err) && // a busy engine has no need of more queries
			failures < maxFailures && (succeeded > 0 || failures < maxOnlyFailed)
		e.failed(part, err, isSplit)
		if isSplit {
			parts = append(parts, part[:len(part)/2], part[len(part)/2:])
		}
	}
	return answers, e.ended(succeeded > 0, last)
}

// ask runs a query about objects.
func (e *Engine) ask(ctx context.Context, objects []source.Entry) (map[string]*source.Answer, error) {
	o, byPath := e.part(objects)
	sql := e.table.Query(o, e.opts.Codes)
	var found *rows
	err := e.opts.Retry.Do(ctx, func() (err error) {
		if found, err = newRows(byPath, e.table.IsText()); err != nil {
			return err
		}
		if err = e.opts.Transport.Query(ctx, sql, found.take); err != nil {
			found.drop()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.counts.Queries++
	e.counts.Asked += len(objects)
	e.counts.Answered += len(found.answers)
	return found.answers, nil
}

// failed notes that a query failed.
func (e *Engine) failed(objects []source.Entry, err error, isSplit bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if isSplit {
		e.counts.Halved++
		return
	}
	e.counts.Asked += len(objects)
	e.counts.FailedParts++
	if len(e.counts.Failed) < maxFailed {
		n := len(objects)
		which := e.names.path(objects[0].Name)
		if n > 1 {
			which = fmt.Sprintf("%d objects from %s to %s", n, which, e.names.path(objects[n-1].Name))
		}
		e.counts.Failed = append(e.counts.Failed, which+": "+err.Error())
	}
}

// ended notes the end of a part. The error ends the run.
func (e *Engine) ended(succeeded bool, last error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if succeeded {
		e.inRow = 0
		return nil
	}
	if e.inRow++; e.inRow >= hopeless {
		return fmt.Errorf("the queries about %d parts in a row failed, the last of them: %w", hopeless, last)
	}
	return nil
}
