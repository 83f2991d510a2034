// Package ingest reads CloudTrail files and finds the S3 denials in them:
//
//	source ──entries──▶ workers: open ▶ gunzip ▶ scan ▶ decode ──denials──▶ a Sink a worker
//
// One goroutine lists; each worker takes one object at a time from open to
// commit. Workers share nothing on the way of a record.
package ingest

import (
	"cmp"
	"context"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/scan"
	"trail403/ingest/source"
)

// Options say what to read. The zero value reads everything.
type Options struct {
	Workers    int       // objects decoded at a time; 0 stands for one a processor
	ErrorCodes []string  // that mean denied; none stand for denial.DefaultErrorCodes
	From, To   time.Time // of events, half-open, UTC; zero is open
	// ChangesBefore is how long before From changes count.
	ChangesBefore time.Duration
	Progress      *Progress // counted up while reading, if not nil

	// Limits against hostile input; 0 stands for the default. An object beyond
	// one fails by name.
	MaxObject int64 // decompressed bytes of an object
	MaxRecord int64 // bytes of a record, or of another JSON value
	MaxDepth  int   // levels that a record nests, at most scan.MaxDepth
}

// Defaults of the limits. A trail file has at most 50 MB and an event 256 KB (1
// MB in some event data stores), but people concatenate and wrap them.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
const (
	DefaultMaxObject = 4 << 30
	DefaultMaxRecord = scan.DefaultMaxElement
	DefaultMaxDepth  = 1000
)

// Sink takes the denials that one worker finds. It is used by one goroutine at
// a time.
type Sink interface {
	// Add takes a denial of the object that is being read. The sink may keep
	// its strings, not the pointer. An error ends the run.
	Add(d *event.Denial) error
	// AddChange takes a change likewise.
	AddChange(c *event.Change) error
	// Commit says that the object was read to its end: its denials count.
	Commit()
	// Discard says that what was added since the last Commit does not count.
	Discard()
	// Begin says that the object is an archive: until End, Add, Commit and
	// Discard are about its members. What they commit counts with the archive.
	Begin()
	End()
}

// Progress is how far a run has come. It may be read at any time.
type Progress struct {
	Listed, ListedBytes atomic.Int64 // found so far; sizes as stored, where known
	Done, DoneBytes     atomic.Int64
	AllListed           atomic.Bool
}

// slack is how much later than its events CloudTrail may have delivered an
// object for its path still to count as within the window, and how wrong a
// clock may be. Delivery takes minutes, seldom hours.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
const slack = 24 * time.Hour

func (o *Options) inWindow(t time.Time) bool {
	return (o.From.IsZero() || !t.Before(o.From)) && (o.To.IsZero() || t.Before(o.To))
}

// wantsChange says whether a change of the time may have come before an onset in
// the window.
func (o *Options) wantsChange(t time.Time) bool {
	return (o.From.IsZero() || !t.Before(o.From.Add(-o.ChangesBefore))) && (o.To.IsZero() || t.Before(o.To))
}

// outside says whether an object delivered on the day can hold no event of the
// window.
func (o *Options) outside(day time.Time) bool {
	return !o.From.IsZero() && !day.Add(24*time.Hour+max(slack, o.ChangesBefore)).After(o.From) ||
		!o.To.IsZero() && !day.Before(o.To.Add(slack))
}

// listAhead is how many objects may be listed and not yet read. The more, the
// sooner the progress knows how much there is; each costs some 200 bytes.
const listAhead = 1 << 16

// job is an entry with the source that opens it.
type job struct {
	src   source.Source
	entry source.Entry
}

// Run reads all sources. newSink is called once a worker, before any of them
// starts. Objects that fail are counted and named in the coverage; the error is
// of a source that could not be listed, of a sink, or of a context that ended.
func Run(ctx context.Context, sources []source.Source, opts Options, newSink func() Sink) (*Coverage, error) {
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	if opts.Progress == nil {
		opts.Progress = &Progress{}
	}
	opts.MaxObject = cmp.Or(opts.MaxObject, DefaultMaxObject)
	opts.MaxRecord = cmp.Or(opts.MaxRecord, DefaultMaxRecord)
	opts.MaxDepth = min(cmp.Or(opts.MaxDepth, DefaultMaxDepth), scan.MaxDepth)
	d := denial.NewDecoder(opts.ErrorCodes...)
	jobs := make(chan job, listAhead)
	coverages := make([]Coverage, opts.Workers+1)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(jobs)
		return list(ctx, sources, &opts, jobs, &coverages[opts.Workers])
	})
	for w := range opts.Workers {
		dec := newDecoder(&opts, d, newSink())
		g.Go(func() error {
			for j := range jobs {
				if err := dec.object(ctx, j.src, j.entry, &coverages[w]); err != nil {
					return err
				}
				opts.Progress.Done.Add(1)
				opts.Progress.DoneBytes.Add(max(j.entry.Size, 0))
				if err := context.Cause(ctx); err != nil {
					return err // it may be why the object failed
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	total := &Coverage{}
	for i := range coverages {
		total.add(&coverages[i])
	}
	total.sort()
	return total, nil
}

// list sends the entries that are worth opening to the workers and counts the
// others.
func list(ctx context.Context, sources []source.Source, opts *Options, jobs chan<- job, c *Coverage) error {
	for _, src := range sources {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		for entry, err := range src.List(ctx) {
			if err != nil {
				return err
			}
			if entry.Pruned {
				c.Pruned = append(c.Pruned, entry.Name)
				continue
			}
			c.Objects.Listed++
			if entry.Err != nil {
				c.fail(entry.Name, entry.Err)
				continue
			}
			if day, ok := source.Delivered(entry.Name); ok && opts.outside(day) {
				c.skip(SkipOutsideWindow, 1)
				continue
			}
			opts.Progress.Listed.Add(1)
			opts.Progress.ListedBytes.Add(max(entry.Size, 0))
			select {
			case jobs <- job{src, entry}:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
	}
	opts.Progress.AllListed.Store(true)
	return nil
}
