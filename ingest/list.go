package ingest

import (
	"context"

	"golang.org/x/sync/semaphore"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// job is an object to read: where it is, and what was fetched or is known of it.
type job struct {
	src     source.Source
	entry   source.Entry
	fetched *fetched
	answer  *source.Answer      // what an engine reported about it, if it did
	sampled bool                // read it all the same, and compare
	names   *semaphore.Weighted // of which the name takes its length, until it was read
}

// maxListed bounds the bytes of the names of the objects that were listed and not yet
// read. Names have about 120 bytes, and those of hostile input up to megabytes.
const maxListed = 32 << 20

// hold waits until there is room for the name of the object.
func (j *job) hold(ctx context.Context, names *semaphore.Weighted) error {
	if names.Acquire(ctx, j.length()) != nil {
		return context.Cause(ctx)
	}
	j.names = names
	return nil
}

// done says that the object was read.
func (j *job) done() { j.names.Release(j.length()) }

func (j *job) length() int64 { return int64(min(len(j.entry.Name), maxListed)) }

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

// lister lists the sources. It hands the entries that are worth opening to take and
// counts the others.
type lister struct {
	opts     *Options
	coverage *coverage.Coverage
	take     func(job) error
}

// all lists the sources, with their history: the local ones first, of which more is
// read.
func (l *lister) all(ctx context.Context, sources []source.Source) error {
	var local, others []source.Source
	for _, src := range sources {
		if isLocal(src) {
			local = append(local, src)
		} else {
			others = append(others, src)
		}
	}
	for _, part := range [][]source.Source{local, others} {
		if len(part) == 0 {
			continue
		}
		q := l.opts.queryFor(part[0])
		if err := l.each(ctx, part, q, func(f source.Found) error { return l.offer(&q, f) }); err != nil {
			return err
		}
	}
	return nil
}

// each hands the entries of the sources to do.
func (l *lister) each(ctx context.Context, sources []source.Source, q source.Query, do func(source.Found) error) error {
	for found, err := range source.Each(ctx, sources, q) {
		if err != nil {
			return err
		}
		if err := do(found); err != nil {
			return err
		}
	}
	return nil
}

// offer hands an entry on if it is worth opening.
func (l *lister) offer(q *source.Query, f source.Found) error {
	if l.opts.Listed != nil {
		if err := l.opts.Listed(f.Source, f.Entry); err != nil {
			return err
		}
	}
	if l.opts.Skip != nil && l.opts.Skip(f.Source, f.Entry) {
		return nil
	}
	if !wanted(q, f.Entry, l.coverage) {
		return nil
	}
	l.opts.Progress.list(f.Entry)
	return l.take(job{src: f.Source, entry: f.Entry})
}

// wanted says whether an entry is an object to open. It counts the entry.
func wanted(q *source.Query, entry source.Entry, c *coverage.Coverage) bool {
	if entry.Pruned {
		c.Prune(entry.Name)
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
