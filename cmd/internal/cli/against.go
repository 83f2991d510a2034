package cli

import (
	"context"
	"fmt"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/source"
	"trail403/report/compare"
)

// earlierRead is what is read for the window of --against-window; nil without one. That
// is a run of its own: its trends must know only what had happened by then, and its
// coverage counts what that run would have read.
func (p *plan) earlierRead() *ingest.Options {
	if p.earlier == nil || p.earlier.report != nil {
		return nil
	}
	read := p.ingest
	read.From, read.To = p.earlier.window.From, p.earlier.window.To
	return &read
}

// against compares a result with the earlier report, which it makes first unless it was
// read. It returns nil if there is no earlier report.
func (p *plan) against(
	ctx context.Context, env Env, sources []source.Source, result *aggregate.Result,
) (*compare.Comparison, error) {
	if p.earlier == nil {
		return nil, nil
	}
	report := p.earlier.report
	if report == nil {
		before := *p
		window := p.earlier.window
		before.ingest = *p.earlierRead()
		before.aggregate.Window, before.aggregate.Present = window, window.To
		before.aggregate.By, before.aggregate.Denials = nil, false
		before.aggregate.Limits = &aggregate.Limits{Rows: p.aggregate.Limits.Rows, Groups: p.aggregate.Limits.Groups}
		found, err := analyze(ctx, env, sources, &before)
		if err != nil {
			return nil, fmt.Errorf("reading the window of --against-window: %w", err)
		}
		report = compare.FromResult(found)
	}
	return compare.Of(report, compare.FromResult(result)), nil
}
