package replay

import (
	"context"
	"math"
	"time"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
	"trail403/ingest/store/file"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/seen"
)

// Replay is what a run reads of a store.
type Replay struct {
	Ledger *ledger.Ledger
	// Recovered are objects that are read beside the store. They do not count as failed,
	// though they may have failed when they were collected.
	Recovered []seen.ID
}

// Again prepares another reading, after a file was replaced by another during the first.
func (r *Replay) Again(ctx context.Context) error {
	r.Recovered = nil
	_, err := r.Ledger.Refresh(ctx)
	return err
}

// fetchers is how many parts are fetched at a time. Each has about two megabytes.
const fetchers = 8

// Parts fetches the row groups with events of the times of a query, and sends them to
// whoever reads them, whom it tells when there are no more.
func (r *Replay) Parts(ctx context.Context, q *source.Query, want file.Want, parts chan<- *Part) error {
	defer close(parts)
	wanted := make(chan *Part)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(wanted)
		return r.choose(ctx, q.From, q.To, want, wanted)
	})
	for range fetchers {
		g.Go(func() error {
			for p := range wanted {
				if err := r.fetch(ctx, p); err != nil {
					return err
				}
				if err := send(ctx, parts, p); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// choose sends the parts that meet a span of time.
func (r *Replay) choose(ctx context.Context, from, to time.Time, want file.Want, wanted chan<- *Part) error {
	first, last := int64(math.MinInt64), int64(math.MaxInt64)
	if !from.IsZero() {
		first = from.UnixMicro()
	}
	if !to.IsZero() {
		last = to.UnixMicro()
	}
	for _, run := range r.Ledger.Runs {
		for n, g := range run.Footer.Groups {
			if g.Last < first || g.First >= last {
				continue
			}
			p := &Part{run: run, name: r.Ledger.Place.Name(run.File.Name), group: n, want: want}
			if err := send(ctx, wanted, p); err != nil {
				return err
			}
		}
	}
	return nil
}

func send(ctx context.Context, to chan<- *Part, p *Part) error {
	select {
	case to <- p:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// fetch reads the bytes of a part.
func (r *Replay) fetch(ctx context.Context, p *Part) error {
	at, size, err := p.run.Footer.Range(p.group, p.want)
	if err != nil {
		return ledger.About(p.name, err)
	}
	in, err := r.Ledger.Place.Open(ctx, p.run.File)
	if err != nil {
		return ledger.About(p.name, err)
	}
	defer in.Close()
	p.data = make([]byte, size)
	if err := file.ReadFull(in, p.data, at); err != nil {
		return ledger.About(p.name, err)
	}
	return nil
}

// Coverage returns what was read of the objects of a query. All denials count as kept.
func (r *Replay) Coverage(q *source.Query) *coverage.Coverage {
	in := scope{query: q}
	all := make([]*manifest.Manifest, 0, len(r.Ledger.Runs))
	for _, run := range r.Ledger.Runs {
		all = append(all, run.Manifest)
	}
	all = append(all, &manifest.Manifest{Recovered: r.Recovered})
	return manifest.Coverage(all, in.skip)
}
