package cli

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"trail403/aggregate"
	"trail403/aggregate/filter"
	"trail403/ingest"
	"trail403/ingest/again"
	"trail403/ingest/denial"
	"trail403/ingest/source"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/replay"
	"trail403/ingest/store/seen"
)

func (o *reportFlags) storeFlag(fs *pflag.FlagSet) {
	fs.StringVar(&o.store, "store", "",
		"read `STORE`, a folder or s3://BUCKET/PREFIX that trail403 collect fills, in place of or beside SOURCE")
}

// planStore sets which store is read.
func (o *reportFlags) planStore(_ Env, p *plan) error {
	if p.store = o.store; p.store == "" {
		return nil
	}
	for _, c := range o.errorCodes {
		if !slices.Contains(denial.DefaultErrorCodes(), c) {
			return usagef("--error-code %s cannot be used with --store", c).
				hint("a store holds the denials with S3's access denied codes; read the objects for other codes")
		}
	}
	switch {
	case p.aggregate.Select != nil && p.aggregate.Select.Only.Asks(filter.AccessKey):
		return usagef("--%s cannot be used with --store", filter.AccessKey).
			hint("a store holds no access key ids; read the objects, or ask for the principal or the session")
	case o.dryRun && len(p.sources) == 0 && o.objectsFrom == "":
		return usagef("--dry-run lists the objects of a SOURCE, and none is given").
			hint("`trail403 store status %s` shows what a store holds", p.store)
	}
	return nil
}

// openAll opens the sources and the store of a plan.
func openAll(ctx context.Context, env Env, p *plan) (*opened, error) {
	all, err := openSources(env, p)
	if err != nil || p.store == "" {
		return all, err
	}
	if err := all.openStore(ctx, p); err != nil {
		all.close()
		return nil, storeHint(err)
	}
	return all, nil
}

// openStore makes a run read a store, and leave out the objects that it has seen.
func (o *opened) openStore(ctx context.Context, p *plan) error {
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
	if len(o.sources) == 0 {
		return nil
	}
	known, err := store.Seen(ctx, l, time.Time{})
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

// storedRecords returns what hands out the records of events that are in a store, or nil
// without a store.
func storedRecords(read *ingest.Options, list *aggregate.Events) func(context.Context, again.Take) error {
	if read.Stored == nil || list.Len() == 0 {
		return nil
	}
	first, last := list.Span()
	return func(ctx context.Context, take again.Take) error {
		return read.Stored.Records(ctx, workersOf(read), first, last, take)
	}
}
