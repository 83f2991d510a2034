package cli

import (
	"context"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/source"
)

// analyze reads the sources. When ctx ends it returns at once, even while a read
// hangs: the process ends then, and nothing has been written.
func analyze(ctx context.Context, env Env, sources []source.Source, p *plan) (*aggregate.Result, error) {
	type outcome struct {
		result *aggregate.Result
		err    error
	}
	read := p.ingest
	read.Progress = &ingest.Progress{}
	done := make(chan outcome, 1)
	go func() {
		result, err := readAll(ctx, sources, read, p.aggregate)
		done <- outcome{result, err}
	}()
	stop := showProgress(env, read.Progress)
	defer stop()
	select {
	case out := <-done:
		return out.result, out.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// readAll reads the sources and builds the result.
func readAll(
	ctx context.Context, sources []source.Source, read ingest.Options, opts aggregate.Options,
) (*aggregate.Result, error) {
	var shards []*aggregate.Shard
	coverage, err := ingest.Run(ctx, sources, read, func() ingest.Sink {
		s := aggregate.NewShard(opts.Limits, opts.Denials)
		s.WillSelect(opts.Window.From, opts.Select)
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
