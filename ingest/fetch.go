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

	"trail403/ingest/source"
	"trail403/ingest/source/retry"
)

const (
	// maxWhole is up to how many bytes an object is fetched whole before a worker
	// gets it. A larger one is read by the worker as it comes.
	maxWhole = 8 << 20
	// maxAhead bounds the bytes of all objects that are being fetched or wait for
	// a worker.
	maxAhead = 32 << 20
	// overhead is what an object takes beside its bytes.
	overhead = 4 << 10
)

// fetched is what became of an object that was fetched whole.
type fetched struct {
	body    []byte
	err     error  // final
	release func() // is called when the body is no longer needed
}

// feed lists the sources. It sends the entries of local sources to the workers
// as they are, and those of remote ones when they are fetched.
func feed(ctx context.Context, sources []source.Source, opts *Options, jobs chan<- job, c *Coverage) error {
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
		return list(ctx, sources, opts, c, func(j job) error {
			to := jobs
			if isRemote(j.src) {
				to = remote
			}
			return send(ctx, to, j)
		})
	})
	return g.Wait()
}

func isRemote(src source.Source) bool {
	_, ok := src.(source.Remote)
	return ok
}

func send(ctx context.Context, to chan<- job, j job) error {
	select {
	case to <- j:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// fetcher fetches objects of remote sources.
type fetcher struct {
	retry    retry.Policy
	ahead    *semaphore.Weighted
	gaveUp   atomic.Int64 // objects in a row, in spite of all attempts
	hopeless int64        // as many end the run
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

// errTooLarge says that an object turned out to be too large to be fetched whole.
var errTooLarge = errors.New("too large to fetch whole")

// fetch fetches an object. It returns nil if a worker is to read it as it comes.
// The error ends the run.
func (f *fetcher) fetch(ctx context.Context, src source.Remote, e source.Entry) (*fetched, error) {
	var held int64
	hold := func(size int64) error {
		f.ahead.Release(held) // never wait for more while holding some: others may do the same
		held = 0
		if err := f.ahead.Acquire(ctx, size+overhead); err != nil {
			return context.Cause(ctx)
		}
		held = size + overhead
		return nil
	}
	got := &fetched{release: func() { f.ahead.Release(held) }}
	if e.Size >= 0 {
		if err := hold(e.Size); err != nil {
			return nil, err
		}
	}
	err := f.retry.Do(ctx, func() error {
		body, length, err := src.Get(ctx, e)
		if err != nil {
			return err
		}
		defer body.Close()
		if length < 0 || length > maxWhole {
			return errTooLarge
		}
		if held != length+overhead {
			if err := hold(length); err != nil {
				return err
			}
		}
		got.body = make([]byte, length)
		if _, err = io.ReadFull(body, got.body); err == nil {
			_, err = body.Read(make([]byte, 1)) // only its end says that it is whole
		}
		if err == io.EOF {
			return nil
		}
		return err
	})
	switch {
	case err == nil:
		f.gaveUp.Store(0)
		return got, nil
	case err == errTooLarge:
		got.release()
		return nil, nil
	case context.Cause(ctx) != nil, retry.KindOf(err) == retry.Fatal:
		got.release()
		return nil, err
	case retry.Temporary(err) && f.gaveUp.Add(1) >= f.hopeless:
		got.release()
		return nil, fmt.Errorf("%d objects in a row could not be fetched, the last of them %s: %w", f.hopeless, e.Name, err)
	}
	got.body, got.err = nil, err
	return got, nil
}
