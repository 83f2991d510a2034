package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
)

// listAhead is how many objects may be listed and not yet read. The more, the
// sooner the progress knows how much there is. Each costs about 200 bytes.
const listAhead = 1 << 16

const (
	// maxWhole is up to how many bytes an object is fetched complete before a
	// worker gets it. A larger one is read by the worker as it comes.
	maxWhole = 8 << 20
	// maxAhead bounds the bytes of all objects that are being fetched or wait for
	// a worker.
	maxAhead = 32 << 20
	// overhead is what an object takes in addition to its bytes.
	overhead = 4 << 10
)

// feed lists the sources. It sends the objects of local sources to the workers
// as they are, and those of remote sources when they are fetched.
func feed(ctx context.Context, sources []source.Source, opts *Options, jobs chan<- job, c *coverage.Coverage) error {
	g, ctx := errgroup.WithContext(ctx)
	var remote chan job
	if slices.ContainsFunc(sources, isRemote) {
		remote = make(chan job, listAhead)
		f := &fetcher{retry: opts.Retry, ahead: semaphore.NewWeighted(maxAhead), hopeless: int64(2 * opts.Fetchers)}
		for range opts.Fetchers {
			g.Go(func() error { return f.run(ctx, remote, jobs) })
		}
	}
	g.Go(func() error {
		if remote != nil {
			defer close(remote)
		}
		return listAll(ctx, sources, opts, c, func(j job) error {
			to := jobs
			if isRemote(j.src) && j.answer == nil {
				to = remote
			}
			return send(ctx, to, j)
		})
	})
	return g.Wait()
}

// listAll lists the sources, asks the engine, if there is one, and hands on the objects.
func listAll(
	ctx context.Context, sources []source.Source, opts *Options, c *coverage.Coverage, pass func(job) error,
) error {
	names := semaphore.NewWeighted(maxListed)
	if opts.Engine == nil {
		return list(ctx, sources, opts, c, func(j job) error {
			if err := j.hold(ctx, names); err != nil {
				return err
			}
			return pass(j)
		})
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(opts.Queries)
	a := newAsker(ctx, g, opts.Engine, pass)
	err := list(ctx, sources, opts, c, func(j job) error {
		if !names.TryAcquire(j.length()) { // what was gathered holds some of it
			if err := a.flush(); err != nil {
				return err
			}
			if err := j.hold(ctx, names); err != nil {
				return err
			}
		}
		j.names = names
		return a.take(j)
	})
	if err == nil {
		err = a.flush()
	}
	if err == nil {
		return g.Wait()
	}
	cancel()
	if failed := g.Wait(); failed != nil && errors.Is(err, context.Canceled) {
		return failed // which is why the listing ended
	}
	return err
}

func isRemote(src source.Source) bool {
	_, ok := src.(source.Remote)
	return ok
}

// fetcher fetches objects of remote sources.
type fetcher struct {
	retry    retry.Policy
	ahead    *semaphore.Weighted
	gaveUp   atomic.Int64 // objects in a row that failed in all attempts
	hopeless int64        // so many of them end the run
}

func (f *fetcher) run(ctx context.Context, in <-chan job, out chan<- job) error {
	for j := range in {
		if j.entry.Size <= maxWhole {
			var err error
			if j.fetched, err = f.fetch(ctx, j.src.(source.Remote), j.entry); err != nil {
				return err
			}
		}
		if err := send(ctx, out, j); err != nil {
			if j.fetched != nil {
				j.fetched.release()
			}
			return err
		}
	}
	return nil
}

// errTooLarge says that an object turned out to be too large to be fetched
// complete.
var errTooLarge = errors.New("too large to fetch complete")

// fetch fetches an object. It returns nil if a worker is to read it as it comes.
// The error ends the run.
func (f *fetcher) fetch(ctx context.Context, src source.Remote, e source.Entry) (*fetched, error) {
	room := room{ahead: f.ahead}
	if e.Size >= 0 {
		if err := room.resize(ctx, e.Size); err != nil {
			return nil, err
		}
	}
	var body []byte
	err := f.retry.Do(ctx, func() (err error) {
		body, err = download(ctx, src, e, &room)
		return err
	})
	switch {
	case err == nil:
		f.gaveUp.Store(0)
		return &fetched{body: body, release: room.release}, nil
	case err == errTooLarge:
		room.release()
		return nil, nil
	case context.Cause(ctx) != nil, retry.KindOf(err) == retry.Fatal:
		room.release()
		return nil, err
	case retry.Temporary(err) && f.gaveUp.Add(1) >= f.hopeless:
		room.release()
		return nil, fmt.Errorf("%d objects in a row could not be fetched, the last of them %s: %w", f.hopeless, e.Name, err)
	}
	return &fetched{err: err, release: room.release}, nil
}

// download reads an object complete.
func download(ctx context.Context, src source.Remote, e source.Entry, room *room) ([]byte, error) {
	in, length, err := src.Get(ctx, e)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if length < 0 || length > maxWhole {
		return nil, errTooLarge
	}
	if err := room.resize(ctx, length); err != nil {
		return nil, err
	}
	body := make([]byte, length)
	if _, err = io.ReadFull(in, body); err == nil {
		_, err = in.Read(make([]byte, 1)) // only its end says that it is complete
	}
	if err == io.EOF {
		return body, nil
	}
	return body, err
}

// room is what one object takes of the memory for all that are fetched ahead.
type room struct {
	ahead *semaphore.Weighted
	held  int64
}

// resize waits until there is room for an object of the size.
func (r *room) resize(ctx context.Context, size int64) error {
	if r.held == size+overhead {
		return nil
	}
	r.release() // never wait for more while holding some: others may do the same
	if err := r.ahead.Acquire(ctx, size+overhead); err != nil {
		return context.Cause(ctx)
	}
	r.held = size + overhead
	return nil
}

func (r *room) release() {
	r.ahead.Release(r.held)
	r.held = 0
}
