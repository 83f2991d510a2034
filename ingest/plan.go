package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// Plan says what Run would read.
type Plan struct {
	Coverage coverage.Coverage // what a listing alone tells, as nothing is read
	Parts    []Part            // sorted by account and Region
	Remote   int               // objects that would be fetched over a network
	History  int               // objects that would be read only for the history
	Queries  []Query           // that an engine would run
	SQL      string            // of the first of them: the others differ only in what they select
	Unasked  int               // objects that it would not be asked about
}

// Query is what an engine would be asked about some of the objects.
type Query struct {
	Objects int
	Bytes   int64 // as stored, as far as known
}

// Part is what would be read of an account in a Region. Both are empty where
// paths do not tell.
type Part struct {
	Account, Region string
	Objects         int
	Bytes           int64 // as stored, as far as known
	Unsized         int   // objects of unknown size
}

// Add adds the objects of another part.
func (p *Part) Add(o *Part) {
	p.Objects += o.Objects
	p.Bytes = saturate(p.Bytes, o.Bytes)
	p.Unsized += o.Unsized
}

// MakePlan lists all sources as Run does, and opens nothing.
func MakePlan(ctx context.Context, sources []source.Source, opts Options) (*Plan, error) {
	opts.defaults()
	parts := map[[2]string]*Part{}
	plan := &Plan{}
	q := opts.windowQuery()
	ask := plan.asker(opts.Engine)
	err := list(ctx, sources, &opts, &plan.Coverage, func(j job) error {
		account, region := source.Whose(j.entry.Name)
		p := parts[[2]string{account, region}]
		if p == nil {
			p = &Part{Account: account, Region: region}
			parts[[2]string{account, region}] = p
		}
		p.Objects++
		if opts.History > 0 && unwanted(&q, j.entry.Name) == coverage.SkipOutsideWindow {
			plan.History++
		}
		if strings.HasPrefix(j.entry.Name, "s3://") { // a list may name local ones, too
			plan.Remote++
		}
		p.Bytes = saturate(p.Bytes, j.entry.Size)
		if j.entry.Size < 0 {
			p.Unsized++
		}
		opts.Progress.finish(j.entry)
		if ask == nil {
			return nil
		}
		return ask.take(j)
	})
	if err == nil && ask != nil {
		err = ask.flush()
	}
	if err != nil {
		return nil, err
	}
	for p := range maps.Values(parts) {
		plan.Parts = append(plan.Parts, *p)
	}
	slices.SortFunc(plan.Parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region))
	})
	plan.Coverage.Sort()
	return plan, nil
}

// asker returns an asker that notes the queries. It is nil without an engine.
func (p *Plan) asker(engine source.Answerer) *asker {
	if engine == nil {
		return nil
	}
	note := func(jobs []job) error {
		entries := entriesOf(jobs)
		if p.SQL == "" {
			p.SQL = engine.Query(entries)
		}
		query := Query{Objects: len(entries)}
		for _, e := range entries {
			query.Bytes = saturate(query.Bytes, e.Size)
		}
		p.Queries = append(p.Queries, query)
		return nil
	}
	pass := func(job) error {
		p.Unasked++
		return nil
	}
	return &asker{engine: engine, ask: note, pass: pass}
}
