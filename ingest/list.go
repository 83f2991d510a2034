package ingest

import (
	"context"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// job is an object to read: where it is, or what was fetched of it.
type job struct {
	src     source.Source
	entry   source.Entry
	fetched *fetched
}

// fetched is what became of an object that was fetched complete.
type fetched struct {
	body    []byte
	err     error  // final
	release func() // is called when the body is no longer needed
}

// send hands a job to whoever comes next, unless the context ends first.
func send(ctx context.Context, to chan<- job, j job) error {
	select {
	case to <- j:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// list hands the entries that are worth opening to take and counts the others.
func list(
	ctx context.Context, sources []source.Source, opts *Options, c *coverage.Coverage, take func(job) error,
) error {
	q := opts.query()
	for found, err := range source.Each(ctx, sources, q) {
		if err != nil {
			return err
		}
		if opts.Listed != nil {
			if err := opts.Listed(found.Source, found.Entry); err != nil {
				return err
			}
		}
		if !wanted(&q, found.Entry, c) {
			continue
		}
		opts.Progress.list(found.Entry)
		if err := take(job{src: found.Source, entry: found.Entry}); err != nil {
			return err
		}
	}
	opts.Progress.AllListed.Store(true)
	return nil
}

// wanted says whether an entry is an object to open. It counts the entry.
func wanted(q *source.Query, entry source.Entry, c *coverage.Coverage) bool {
	if entry.Pruned {
		c.Pruned = append(c.Pruned, entry.Name)
		return false
	}
	c.Objects.Listed++
	if entry.Err != nil {
		c.Fail(entry.Name, entry.Err)
		return false
	}
	if reason := unwanted(q, entry.Name); reason != "" {
		c.Skip(reason, 1)
		return false
	}
	return true
}
