// Package ingest reads CloudTrail files and finds the denials and changes in
// them:
//
//	source ──entries──▶ workers: open ▶ unpack ▶ scan ▶ decode ──events──▶ a Sink a worker
//	       └─▶ fetchers ──▶┘
//
// The files, each using only those before it:
//
//  1. options.go says what to read, and which objects need not be opened.
//  2. list.go lists sources and chooses what to open, in one goroutine.
//     history.go lists what lies before the window, of which S3 may have too much.
//  3. fetch.go fetches the objects of remote sources before a worker needs them,
//     many at a time. What waits is bounded by its bytes.
//     ask.go asks a query engine, if there is one, about many objects at once, and has
//     some of them read all the same.
//  4. events.go decodes records into denials and changes, and hands them to a
//     Sink. requests.go hands on all requests to S3, if the Sink takes them.
//     answered.go does the same with what an engine reported about an object.
//  5. stored.go takes what a store holds, which was decoded when it was collected.
//  6. worker.go takes one object at a time, from opening it to committing what
//     was found. Workers share nothing while they read.
//  7. ingest.go runs all of them. plan.go only lists.
//
// Whoever sends on a channel closes it, and each send ends when the context ends.
package ingest

import (
	"context"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/coverage"
	"trail403/ingest/denial"
	"trail403/ingest/source"
)

// Run reads all sources. newSink is called once for each worker, before any of
// them starts. Objects that fail are counted and named in the coverage. The error
// is that of a source that could not be listed, of a sink, or of a context that
// ended.
func Run(ctx context.Context, sources []source.Source, opts Options, newSink func() Sink) (*coverage.Coverage, error) {
	opts.defaults()
	jobs := make(chan job, listAhead)
	coverages := make([]coverage.Coverage, opts.Workers+1)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(jobs)
		return feed(ctx, sources, &opts, jobs, &coverages[opts.Workers])
	})
	var workers []*worker
	for range opts.Workers {
		workers = append(workers, newWorker(&opts, denial.NewDecoder(opts.ErrorCodes...), newSink()))
	}
	stored := newStored(&opts, workers)
	g.Go(func() error { return stored.feed(ctx) })
	for n, w := range workers {
		g.Go(func() error {
			if err := stored.read(ctx, w.events.sink); err != nil {
				return err
			}
			return w.run(ctx, jobs, &coverages[n])
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	total := stored.coverage()
	for i := range coverages {
		total.Add(&coverages[i])
	}
	total.Sort()
	return total, nil
}
