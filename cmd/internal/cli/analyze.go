package cli

import (
	"context"
	"errors"
	"slices"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/source"
	storeplace "trail403/ingest/store/place"
)

// analyze reads the sources.
func analyze(ctx context.Context, env Env, sources []source.Source, p *plan) (*aggregate.Result, error) {
	read := p.ingest
	read.Progress = &ingest.Progress{}
	p.aggregate.Live = asking(ctx, p.live)
	return await(ctx, env, read.Progress, func() (*aggregate.Result, error) {
		return readAll(ctx, sources, read, p.aggregate, nil)
	})
}

// await shows the progress of work. When ctx ends it returns at once, even while a read
// hangs: the process ends then, and nothing has been written.
func await[T any](ctx context.Context, env Env, progress *ingest.Progress, work func() (T, error)) (T, error) {
	type outcome struct {
		result T
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		result, err := work()
		done <- outcome{result, err}
	}()
	stop := showProgress(env, progress)
	defer stop()
	select {
	case out := <-done:
		return out.result, out.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// readAttempts is how often a store is read of which a file disappears meanwhile.
const readAttempts = 3

// readAll reads the sources and builds the result. prepare, if it is not nil, gets each
// shard before it is filled. A store from which another command removes a file that has
// been replaced is read again.
func readAll(
	ctx context.Context, sources []source.Source, read ingest.Options, opts aggregate.Options, prepare func(*aggregate.Shard),
) (*aggregate.Result, error) {
	for attempt := 1; ; attempt++ {
		result, err := readOnce(ctx, sources, read, opts, prepare)
		if attempt == readAttempts || !errors.Is(err, storeplace.ErrMissing) || !canReadAgain(sources) {
			return result, err
		}
		if err := read.Stored.Again(ctx); err != nil {
			return nil, storeHint(err)
		}
		opts.Limits = &aggregate.Limits{Rows: opts.Limits.Rows, Groups: opts.Limits.Groups} // which count
	}
}

// canReadAgain says whether sources give the same when they are read once more.
func canReadAgain(sources []source.Source) bool {
	return !slices.ContainsFunc(sources, func(s source.Source) bool {
		switch s.(type) {
		case source.Local, source.Bucket:
			return false
		}
		return true
	})
}

func readOnce(
	ctx context.Context, sources []source.Source, read ingest.Options, opts aggregate.Options, prepare func(*aggregate.Shard),
) (*aggregate.Result, error) {
	var shards []*aggregate.Shard
	coverage, err := ingest.Run(ctx, sources, read, func() ingest.Sink {
		s := aggregate.NewShard(opts.Limits, opts.Denials)
		s.WillSelect(opts.Window.From, opts.Select)
		if prepare != nil {
			prepare(s)
		}
		shards = append(shards, s)
		return s
	})
	if err != nil {
		return nil, sourceHint(limitError(err))
	}
	nameFlags(coverage.Failures)
	result, err := aggregate.Build(shards, coverage, opts)
	return result, limitError(err)
}
