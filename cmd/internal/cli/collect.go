package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/dustin/go-humanize"

	"trail403/ingest"
	"trail403/ingest/source"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	storeplace "trail403/ingest/store/place"
)

func collectPage() page {
	return page{
		usage: "--store STORE [flags] SOURCE...",
		about: `Reads the objects that the STORE has not seen yet, and adds their denials and
access changes to it. The commands report, events and why read the store then, in
place of the objects.

Any number of collectors can run at the same time. A run that is ended at any
moment loses nothing and counts nothing twice. A SOURCE is one of those of the
report, except standard input.

An object is known by its S3 URL and ETag, or by its path below SOURCE, its size
and the time of its last change. In a trail's layout in S3, only the last days are
listed. Use --sweep now and then, such as once a week, to find late objects.

With --engine, a query engine scans what is new, and the store is the same. Objects
for which the engine has no answer beyond doubt are read here.
`,
		flags: new(collectFlags).set(),
		examples: `  trail403 collect --store ./store ./AWSLogs
  trail403 collect --store s3://my-store-bucket/trail403/ s3://my-trail-bucket/AWSLogs/
  trail403 collect --store ./store --sweep s3://my-trail-bucket/AWSLogs/
  trail403 collect --store s3://my-store-bucket/trail403/ --shard 3/16 s3://my-trail-bucket/AWSLogs/
  trail403 collect --store ./store --engine athena --engine-table audit.trail s3://my-trail-bucket/AWSLogs/
`,
		exits: []exit{
			{OK, "done, also if nothing is new"},
			{Failed, "failed; what was committed before stays in the store"},
			{Usage, "wrong usage"},
			{Incomplete, "done, but some input could not be read; it is tried again in the next run that lists it"},
			{Interrupted, "interrupted; what was committed before stays in the store"},
		},
	}
}

func runCollect(ctx context.Context, env Env, args []string) (int, error) {
	var o collectFlags
	fs := o.set()
	if helped, err := parseFlags(env, fs, args, "collect", collectPage); helped || err != nil {
		return OK, err
	}
	p, err := o.plan(env, fs.Args())
	if err != nil {
		return 0, err
	}
	opened, err := openSources(env, p.plan)
	if err != nil {
		return 0, err
	}
	defer opened.close()
	for i, src := range opened.sources {
		if list, ok := src.(source.Listed); ok { // it does not tell which version of an object it means
			opened.sources[i] = source.Stated{Listed: list, Stat: opened.s3.Stat}
		}
	}
	at, err := storePlace(p.store, opened.s3)
	if err != nil {
		return 0, err
	}
	l, err := openLedger(ctx, at, p.dryRun)
	if err != nil {
		return 0, storeHint(err)
	}
	c, err := store.New(ctx, l, opened.sources, p.options)
	if err != nil {
		return 0, storeHint(err)
	}
	p.ingest.Skip = c.Skip
	if p.ingest.Query == nil {
		p.ingest.Query = c.Query()
	}
	return p.ask(ctx, p.quieted(env), opened, c)
}

// errLacks is why a store takes nothing from some tables. A report names what it lacks, but
// a store would be believed for years.
var errLacks = errors.New("a store cannot be filled from a table that lacks columns")

// ask reads the sources, with the help of an engine if there is one.
func (p *collectPlan) ask(ctx context.Context, env Env, opened *opened, c *store.Collector) (int, error) {
	asked, err := connect(ctx, env, p.plan)
	if err != nil {
		return 0, err
	}
	defer asked.done()
	if asked != nil && len(asked.Lacks()) > 0 {
		return 0, hintedError{errLacks, []string{"make a table that has all of them, as `trail403 engine ddl` prints it"}}
	}
	if p.dryRun {
		return dryRun(ctx, env, opened, p.ingest, nil)
	}
	code, err := p.run(ctx, env, opened, c)
	if err == nil {
		asked.tell(env.Stderr)
	}
	return code, err
}

// openLedger reads a store, and makes it if there is none and it is to be written.
func openLedger(ctx context.Context, at storeplace.Place, dry bool) (*ledger.Ledger, error) {
	l, err := ledger.Open(ctx, at)
	if !errors.Is(err, ledger.ErrNoStore) {
		return l, err
	}
	if dry {
		return &ledger.Ledger{Place: at}, nil
	}
	if err := ledger.Make(ctx, at); err != nil {
		return nil, err
	}
	return ledger.Open(ctx, at)
}

// run reads the sources and says what was added.
func (p *collectPlan) run(ctx context.Context, env Env, opened *opened, c *store.Collector) (int, error) {
	defer c.Discard()
	read := p.ingest
	read.Progress = &ingest.Progress{}
	added, err := await(ctx, env, read.Progress, func() (store.Added, error) {
		_, err := ingest.Run(ctx, opened.sources, read, func() ingest.Sink { return c.NewShard() })
		if err != nil {
			return store.Added{}, err
		}
		return c.Finish()
	})
	if err != nil {
		return 0, storeHint(err)
	}
	if p.quiet {
		env.Stdout = io.Discard
	}
	if _, err := io.WriteString(env.Stdout, addedText(printable(p.store), &added)); err != nil {
		return 0, writingStdout(err)
	}
	if added.Failed > 0 {
		complain(env.Stderr, "warning", fmt.Errorf("%s could not be read; a run that lists them tries again (older ones in S3 "+
			"need --sweep), and `trail403 store status` names them", counted(added.Failed, "object")))
		return Incomplete, nil
	}
	return OK, nil
}

// addedText says what a run added.
func addedText(name string, a *store.Added) string {
	var b strings.Builder
	switch {
	case a.Objects == 0 && a.Failed > 0:
		fmt.Fprintf(&b, "Added no object to the store %s: %s were seen before.\n", name, humanize.Comma(int64(a.Seen)))
		return b.String()
	case a.Objects == 0:
		fmt.Fprintf(&b, "Nothing is new: the store %s has seen all objects that were listed", name)
		if a.Seen > 0 {
			fmt.Fprintf(&b, " (%s)", humanize.Comma(int64(a.Seen)))
		}
		b.WriteString(".\n")
		return b.String()
	}
	fmt.Fprintf(&b, "Added %s to the store %s. Among their %s are %s and %s.\n", counted(a.Objects, "object"), name,
		counted(a.Records, "record"), counted(a.Denials, "denial"), counted(a.Changes, "access change"))
	if a.Recovered > 0 {
		fmt.Fprintf(&b, "%s that could not be read before are among them.\n", counted(a.Recovered, "object"))
	}
	if a.Lost > 0 {
		fmt.Fprintf(&b, "Another collector added %s at the same time.\n", counted(a.Lost, "more object"))
	}
	return b.String()
}
