package cli

import (
	"context"

	"github.com/spf13/pflag"

	"trail403/report/compare"
)

// comparedStore is the store whose report is the later one, with the flags of that
// report.
type comparedStore struct{ report reportFlags }

// comparedStoreFlags are the flags of a report that say what is read of a store.
var comparedStoreFlags = []string{
	"store", "from", "to", "since", "against-window", "history", "profile", "region", "endpoint-url", "workers",
}

// add adds the flags of a report that say what is read of a store.
func (o *comparedStore) add(fs *pflag.FlagSet) {
	all := o.report.set()
	all.Lookup("store").Usage = "compare the report of `STORE`, a folder or s3://BUCKET/PREFIX, with OLD.json, " +
		"or with its own report of --against-window"
	for _, name := range comparedStoreFlags {
		fs.AddFlag(all.Lookup(name))
	}
}

// compare makes the report of a store, and compares it with an earlier one.
func (o *comparedStore) compare(ctx context.Context, env Env, args []string) (*compare.Comparison, error) {
	r := &o.report
	switch {
	case len(args) > 1 || len(args) == 1 && r.againstWindow != "", len(args) == 0 && r.againstWindow == "":
		return nil, usagef("compare takes one earlier report beside --store: a JSON report, or --against-window").
			hint("for example: trail403 compare --store ./store --since 7d --against-window 7d")
	case len(args) == 1:
		r.against = args[0]
	}
	p, err := r.plan(env, nil)
	if err != nil {
		return nil, err
	}
	opened, err := openAll(ctx, env, p)
	if err != nil {
		return nil, err
	}
	defer opened.close()
	result, err := analyze(ctx, env, opened.sources, p)
	if err != nil {
		return nil, err
	}
	return p.against(ctx, env, opened.sources, result)
}
