// Package ingest reads CloudTrail files and finds the S3 denials in them:
//
//	source ──entries──▶ workers: open ▶ gunzip ▶ scan ▶ decode ──denials──▶ a Sink a worker
//	       └─▶ fetchers ──▶┘
//
// One goroutine lists; each worker takes one object at a time from open to
// commit. Workers share nothing on the way of a record. Objects of remote
// sources are fetched ahead of the workers, many at a time.
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
	"trail403/ingest/source/retry"
)

// Options say what to read. The zero value reads everything.
type Options struct {
	Workers    int       // objects decoded at a time; 0 stands for one a processor
	ErrorCodes []string  // that mean denied; none stand for denial.DefaultErrorCodes
	From, To   time.Time // of events, half-open, UTC; zero is open
	// ChangesBefore is how long before From changes count.
	ChangesBefore time.Duration
	Accounts      []string // whose objects to read, as far as paths tell; none stand for all
	Regions       []string
	Fetchers      int          // objects fetched at a time from remote sources; 0 stands for DefaultFetchers
	Retry         retry.Policy // of remote objects
	Progress      *Progress    // counted up while reading, if not nil

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

// DefaultFetchers is how many objects of remote sources are fetched at a time.
const DefaultFetchers = 64

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

// query says which objects can hold events of the window, or changes before it.
func (o *Options) query() source.Query {
	q := source.Query{Accounts: o.Accounts, Regions: o.Regions}
	if !o.From.IsZero() {
		q.From = o.From.Add(-max(slack, o.ChangesBefore))
	}
	if !o.To.IsZero() {
		q.To = o.To.Add(slack)
	}
	return q
}

// listAhead is how many objects may be listed and not yet read. The more, the
// sooner the progress knows how much there is; each costs some 200 bytes.
const listAhead = 1 << 16

// job is an entry with the source that opens it, or what was fetched of it.
type job struct {
	src     source.Source
	entry   source.Entry
	fetched *fetched
}

// Run reads all sources. newSink is called once a worker, before any of them
// starts. Objects that fail are counted and named in the coverage; the error is
// of a source that could not be listed, of a sink, or of a context that ended.
func Run(ctx context.Context, sources []source.Source, opts Options, newSink func() Sink) (*Coverage, error) {
	opts.defaults()
	d := denial.NewDecoder(opts.ErrorCodes...)
	jobs := make(chan job, listAhead)
	coverages := make([]Coverage, opts.Workers+1)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(jobs)
		return feed(ctx, sources, &opts, jobs, &coverages[opts.Workers])
	})
	for w := range opts.Workers {
		dec := newDecoder(&opts, d, newSink())
		g.Go(func() error {
			for j := range jobs {
				if err := dec.object(ctx, j, &coverages[w]); err != nil {
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

// defaults fills in what was left out.
func (o *Options) defaults() {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = &Progress{}
	}
	o.MaxObject = cmp.Or(o.MaxObject, DefaultMaxObject)
	o.MaxRecord = cmp.Or(o.MaxRecord, DefaultMaxRecord)
	o.MaxDepth = min(cmp.Or(o.MaxDepth, DefaultMaxDepth), scan.MaxDepth)
	o.Fetchers = cmp.Or(o.Fetchers, DefaultFetchers)
}

// list hands the entries that are worth opening to take and counts the others.
func list(ctx context.Context, sources []source.Source, opts *Options, c *Coverage, take func(job) error) error {
	q := opts.query()
	for _, src := range sources {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		for entry, err := range src.List(ctx, q) {
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
			if reason := unwanted(&q, entry.Name); reason != "" {
				c.skip(reason, 1)
				continue
			}
			opts.Progress.Listed.Add(1)
			opts.Progress.ListedBytes.Add(max(entry.Size, 0))
			if err := take(job{src: src, entry: entry}); err != nil {
				return err
			}
		}
	}
	opts.Progress.AllListed.Store(true)
	return nil
}

// unwanted returns why an object need not be opened, going by its name.
func unwanted(q *source.Query, name string) Reason {
	if begin, end, ok := source.Delivered(name); ok && (!q.From.IsZero() && !end.After(q.From) || !q.To.IsZero() && !begin.Before(q.To)) {
		return SkipOutsideWindow
	}
	if q.Narrows(name) {
		return SkipNotSelected
	}
	return ""
}
