package cli

import (
	"context"

	"trail403/ingest/source"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/replay"
	"trail403/ingest/store/seen"
)

// openAll opens the sources and the store of a plan.
func openAll(ctx context.Context, env Env, p *plan) (*opened, error) {
	all, err := openSources(env, p)
	if err != nil || p.store == "" {
		return all, err
	}
	if err := all.openStore(ctx, env, p); err != nil {
		all.close()
		return nil, storeHint(err)
	}
	return all, nil
}

// openStore makes a run read a store, and leave out the objects that it has seen.
func (o *opened) openStore(ctx context.Context, env Env, p *plan) error {
	at, err := storePlace(p.store, o.s3)
	if err != nil {
		return err
	}
	if err := checkApart(p.store, p.sources); err != nil {
		return err
	}
	l, err := ledger.Open(ctx, at)
	if err != nil {
		return err
	}
	p.ingest.Stored = &replay.Replay{Ledger: l}
	if p.newsName != "" {
		if p.news, err = openNews(ctx, p.quieted(env).Stderr, at, p.newsName); err != nil {
			return err
		}
		if p.news.last != nil {
			p.earlier = &earlier{report: p.news.last}
		}
	}
	if len(o.sources) == 0 {
		return nil
	}
	known, err := store.Seen(ctx, l)
	if err != nil {
		return err
	}
	p.ingest.Skip = skipSeen(p.ingest.Stored, known)
	return nil
}

// skipSeen leaves out the objects that a store has seen. Those that could not be read
// when they were collected are read now, and count here in place of there.
func skipSeen(r *replay.Replay, known *seen.Set) func(source.Source, source.Entry) bool {
	pruned := r.Ledger.History.Pruned
	return func(src source.Source, e source.Entry) bool {
		if e.Pruned {
			return pruned[e.Name]
		}
		if id, ok := seen.Of(src, e); ok && known.Has(id) {
			return true
		}
		r.Recovered = append(r.Recovered, seen.OfName(src, e))
		return false
	}
}
