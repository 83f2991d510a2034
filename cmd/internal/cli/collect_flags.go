package cli

import (
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"trail403/aggregate"
	"trail403/aggregate/filter"
	"trail403/ingest/source"
	"trail403/ingest/store"
	"trail403/ingest/store/seen"
)

// collectFlags are the flags of `trail403 collect`: those of the report that say where
// objects are and how they are read, and those of the store.
type collectFlags struct {
	reportFlags
	store, shard, kmsKey string
	sweep                bool
	commitEvery          string
	commitObjects        int
}

func (o *collectFlags) set() *pflag.FlagSet {
	fs := pflag.NewFlagSet("collect", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringVar(&o.store, "store", "", "add to `STORE`, a folder or s3://BUCKET/PREFIX, and make it if there is none")
	fs.StringVar(&o.from, "from", "",
		"collect only objects that were delivered at `TIME` or later, as far as their names show it")
	fs.StringVar(&o.to, "to", "", "collect only objects that were delivered before `TIME`")
	fs.StringVar(&o.since, "since", "", "collect only objects that were delivered in the last `SPAN`: 36h, 30d")
	fs.StringVar(&o.shard, "shard", "",
		"collect only one of several parts, `I/N` with I from 0: 3/16. Several machines share the work so")
	fs.BoolVar(&o.sweep, "sweep", false, "list everything again, to find objects that were delivered days late")
	fs.StringVar(&o.commitEvery, "commit-every", "5m",
		"commit what was read after `SPAN`, so that a run that is ended keeps it")
	fs.IntVar(&o.commitObjects, "commit-objects", store.DefaultCommitObjects, "commit what was read after `N` objects")
	fs.StringVar(&o.kmsKey, "store-kms-key", "",
		"encrypt what is written to a store in S3 with the KMS key `ID` (default: as the bucket says)")
	var accounts []string
	o.globs = map[filter.Field]*[]string{filter.Account: &accounts}
	fs.StringArrayVar(&accounts, "account", nil, "collect only objects of `ACCOUNT`, as far as their paths show it")
	o.sourceFlags(fs)
	o.engineFlags.add(fs)
	fs.BoolVarP(&o.quiet, "quiet", "q", false, "print only errors")
	o.objectLimitFlags(fs)
	o.changed = fs.Changed
	return fs
}

// collectPlan is what a run of `trail403 collect` does.
type collectPlan struct {
	*plan
	store   string
	options store.Options
}

// plan reads the flags and arguments.
func (o *collectFlags) plan(env Env, args []string) (*collectPlan, error) {
	p := &plan{sources: args, objectsFrom: o.objectsFrom, dryRun: o.dryRun, quiet: o.quiet}
	o.interval, o.maxGroups, o.maxRows = "auto", aggregate.DefaultMaxGroups, aggregate.DefaultMaxRows // of reports
	for _, step := range []func(Env, *plan) error{o.checkNumbers, o.checkCodes, o.planObjects, o.planS3, o.planEngine} {
		if err := step(env, p); err != nil {
			return nil, err
		}
	}
	p.s3.KMSKey = o.kmsKey
	all := &collectPlan{plan: p, store: o.store}
	if err := o.planCommits(all); err != nil {
		return nil, err
	}
	all.options.Sweep, all.options.Now = o.sweep, env.Now
	if q := p.ingest.Query; q != nil {
		all.options.Bounded, all.options.From = true, q.From
		if o.sweep && (!q.From.IsZero() || !q.To.IsZero()) {
			return nil, usagef("--sweep lists everything, and --since, --from and --to restrict what is listed").
				hint("use only one of them")
		}
	}
	for _, name := range args {
		if name == "-" {
			return nil, usagef("collect cannot read standard input: nobody could know it again").
				hint("write it to a file, or name a folder or s3://BUCKET/PREFIX; " +
					"--objects-from - reads names from standard input")
		}
	}
	return all, checkApart(o.store, args)
}

// planObjects sets which objects are read. All of their records count.
func (o *collectFlags) planObjects(env Env, p *plan) error {
	w, err := o.window(env.Now())
	if err != nil {
		return err
	}
	if err := o.planIngest(env, p); err != nil {
		return err
	}
	accounts := splitLists(*o.globs[filter.Account])
	for _, id := range accounts {
		if !accountID.MatchString(id) {
			return usagef("--account %q is not the id of an account", id).hint("an account has 12 digits")
		}
	}
	if !w.From.IsZero() || !w.To.IsZero() || len(o.awsRegions)+len(accounts) > 0 {
		p.ingest.Query = &source.Query{From: w.From, To: w.To, Regions: o.awsRegions, Accounts: accounts}
	}
	return nil
}

// planCommits sets when a run commits, and which shard it collects.
func (o *collectFlags) planCommits(p *collectPlan) (err error) {
	if p.options.CommitEvery, err = parseSpan("commit-every", o.commitEvery); err != nil {
		return err
	}
	if p.options.CommitObjects = o.commitObjects; o.commitObjects < 1 {
		return usagef("--commit-objects %d is out of range", o.commitObjects).hint("write a number of at least 1")
	}
	if o.shard != "" {
		p.options.Shard, err = parseShard(o.shard)
	}
	return err
}

// maxShards is more than anybody has machines.
const maxShards = 100_000

func parseShard(text string) (s seen.Shard, err error) {
	number, of, ok := strings.Cut(text, "/")
	s.Number, err = strconv.Atoi(number)
	if ok && err == nil {
		s.Of, err = strconv.Atoi(of)
	}
	if !ok || err != nil || s.Of < 1 || s.Of > maxShards || s.Number < 0 || s.Number >= s.Of {
		return s, usagef("--shard %q is not one of several parts", text).
			hint("write it as in 0/16 for the first of 16, and 15/16 for the last one")
	}
	return s, nil
}
