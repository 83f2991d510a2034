package cli

import (
	"context"
	"fmt"
	"io"
	"slices"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// confirmFixes reads the requests since the first denial, and notes for each group of a
// result whether it succeeds now. It returns false if some objects can no longer be read.
func (p *plan) confirmFixes(ctx context.Context, env Env, sources []source.Source, r *aggregate.Result) (bool, error) {
	if !p.confirm || len(r.Groups) == 0 {
		return true, nil
	}
	w := r.Watch()
	read := p.ingest
	read.From = w.From()
	read.History, read.ChangesBefore = 0, 0
	read.Skip, read.Stored, read.Listed = nil, nil, nil
	read.Progress = &ingest.Progress{}
	c, err := await(ctx, env, read.Progress, func() (*coverage.Coverage, error) {
		return ingest.Run(ctx, sources, read, func() ingest.Sink { return w.NewShard() })
	})
	if err != nil {
		return false, fmt.Errorf("reading the requests for --confirm-fixes: %w", sourceHint(err))
	}
	r.Confirm(w)
	return !warnLost(env.Stderr, &r.Coverage, c), nil
}

// warnLost names an object that could be read at first and not again. Its requests are
// missing in what is known of fixes.
func warnLost(w io.Writer, first, again *coverage.Coverage) (lost bool) {
	known := map[string]bool{}
	for _, f := range first.Failures {
		known[f.Object] = true
	}
	if again.Objects.Failed <= first.Objects.Failed &&
		!slices.ContainsFunc(again.Failures, func(f coverage.Failure) bool { return !known[f.Object] }) {
		return false
	}
	for _, f := range again.Failures {
		if !known[f.Object] {
			complain(w, "warning", fmt.Errorf("--confirm-fixes could not read %s again: %w", f.Object, f.Err))
			break
		}
	}
	return true
}
