package cli

import (
	"context"
	"fmt"

	"trail403/aggregate"
	"trail403/ingest/source"
	"trail403/report/compare"
)

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
		before.ingest.From, before.ingest.To = window.From, window.To
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
