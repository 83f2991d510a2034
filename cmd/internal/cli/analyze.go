package cli

import (
	"context"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/source"
)

// analyze reads the sources.
func analyze(ctx context.Context, env Env, sources []source.Source, p *plan) (*aggregate.Result, error) {
	read := p.ingest
	read.Progress = &ingest.Progress{}
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

// readAll reads the sources and builds the result. prepare, if it is not nil, gets each
// shard before it is filled.
func readAll(
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
