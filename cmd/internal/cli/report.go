package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/coverage"
	"trail403/ingest/scan"
	"trail403/ingest/source"
	"trail403/report"
	"trail403/report/parquet"
)

// reportOptions are the flags of `trail403 report`.
type reportOptions struct {
	from, to, since string
	interval        string
	recent          string
	changeWindow    string
	errorCodes      []string
	top             int
	suggest         bool
	format          string
	color           string
	outputs         []string
	table           string
	workers         int

	source sourceOptions

	maxObject, maxRecord         byteSize
	maxDepth, maxGroups, maxRows int

	by      byOptions
	filters filterOptions
	gate    gateOptions
}

func (o *reportOptions) flags() *pflag.FlagSet {
	fs := pflag.NewFlagSet("report", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringArrayVarP(&o.outputs, "output", "o", nil, "write the report to `FILE`, in the format of its name ("+strings.Join(extensions(), " ")+"); - is standard output; may be repeated")
	fs.StringVar(&o.format, "format", "", "`FORMAT` of standard output, or of the one -o: "+orList(report.Formats())+" (default: text on a terminal, else markdown)")
	fs.StringVar(&o.color, "color", colorAuto, "`WHEN` text has colour: auto (on a terminal, unless NO_COLOR is set), always or never")
	fs.IntVar(&o.top, "top", 25, "show at most `N` groups in Markdown and text; 0 shows all. JSON and Parquet hold all")
	o.by.flags(fs)
	fs.BoolVar(&o.suggest, "suggest", false, "add policy statements that would allow what was refused for want of an Allow; a denial may be right")
	fs.StringVar(&o.table, "table", string(parquet.Series), "`TABLE` of Parquet: series (a row for a group in an interval) or denials")
	fs.StringVar(&o.from, "from", "", "only events at `TIME` or later: 2026-10-01 or 2026-10-01T09:00:00Z, UTC")
	fs.StringVar(&o.to, "to", "", "only events before `TIME`")
	fs.StringVar(&o.since, "since", "", "only events of the last `SPAN`: 90m, 36h, 7d, 2w")
	o.filters.flags(fs)
	fs.StringVar(&o.interval, "interval", "auto", "`STEP` of the series: auto, 1h, 6h, 1d, 7d …")
	fs.StringVar(&o.recent, "recent", "", "what counts as recent of a trend: the last `SPAN` (default: 3d or a tenth of the window, whichever is longer)")
	fs.StringVar(&o.changeWindow, "change-window", "6h", "name changes of access of the last `SPAN` before something began, or as long after it ended")
	fs.StringArrayVar(&o.errorCodes, "error-code", nil, "count `CODE` as a denial, in place of S3's access denied codes; may be repeated or hold several, with commas")
	o.source.flags(fs)
	o.gate.flags(fs)
	fs.IntVar(&o.workers, "workers", 0, "decode `N` objects at a time (default: one a processor)")
	o.maxObject, o.maxRecord = ingest.DefaultMaxObject, ingest.DefaultMaxRecord
	fs.Var(&o.maxObject, "max-object-size", "fail an object of more than `SIZE` decompressed")
	fs.Var(&o.maxRecord, "max-record-size", "fail an object with a record of more than `SIZE`")
	fs.IntVar(&o.maxDepth, "max-depth", ingest.DefaultMaxDepth, "fail an object with a record that nests more than `N` levels deep")
	fs.IntVar(&o.maxGroups, "max-groups", aggregate.DefaultMaxGroups, "fail if there are more than `N` groups")
	fs.IntVar(&o.maxRows, "max-rows", aggregate.DefaultMaxRows, "fail if there are more than `N` denials, copies included")
	return fs
}

func reportPage() page {
	return page{
		usage: "[flags] SOURCE...",
		about: `Reads CloudTrail files, keeps the events that S3 refused, groups them by
principal, action and bucket, and writes a report. A SOURCE is a folder with all
below it, a file, s3://BUCKET/PREFIX, an address of the S3 console, or - for
standard input; JSON of CloudTrail in any shape, plain or compressed (gzip, zstd,
bzip2), in tar and zip archives, too.
`,
		flags: new(reportOptions).flags(),
		examples: `  trail403 report ./AWSLogs
  trail403 report --since 7d -o report.md -o report.parquet ./AWSLogs
  trail403 report --from 2026-10-01 --to 2026-11-01 --format json ./AWSLogs | jq .totals
  trail403 report --cause 'scp-*' --by policy,principal ./AWSLogs
  trail403 report --quiet --fail-on 'denials>=100' --exclude noise -o report.md ./AWSLogs
  zcat trail.json.gz | trail403 report -
  trail403 report --dry-run --since 7d s3://my-trail-bucket/AWSLogs/
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed; no report was written"},
			{Usage, "wrong usage"},
			{Incomplete, "the report is written, but some input could not be read; it says which"},
			{Condition, "the report is written, and a condition of --fail-on holds"},
			{Interrupted, "interrupted"},
		},
	}
}

func runReport(ctx context.Context, env Env, args []string) (int, error) {
	var o reportOptions
	fs := o.flags()
	if err := fs.Parse(args); errors.Is(err, pflag.ErrHelp) {
		reportPage().print(env.Stdout, "report")
		return OK, nil
	} else if err != nil {
		return 0, usagef("%w", err).hint("`trail403 help report` lists the flags")
	}
	o.source.s3.Retry, o.source.s3.Stall = env.Retry, env.Stall
	now := env.Now()
	window, err := o.window(now)
	if err != nil {
		return 0, err
	}
	o.errorCodes = splitLists(o.errorCodes)
	if err := o.check(); err != nil {
		return 0, err
	}
	opts := aggregate.Options{Window: window}
	if o.recent != "" {
		if opts.Recent, err = parseSpan("recent", o.recent); err != nil {
			return 0, err
		}
	}
	if opts.ChangeWindow, err = parseSpan("change-window", o.changeWindow); err != nil {
		return 0, err
	}
	if opts.Select, err = o.filters.selection(now); err != nil {
		return 0, err
	}
	if opts.By, err = o.by.dimensions(); err != nil {
		return 0, err
	}
	conditions, err := o.gate.gate()
	if err != nil {
		return 0, err
	}
	stderr := env.Stderr
	if o.gate.quiet {
		env.Stderr = io.Discard
	}
	opened, err := o.source.open(env, fs.Args())
	if err != nil {
		return 0, err
	}
	defer opened.close()
	if o.source.dryRun {
		return dryRun(ctx, env, opened, o.ingest(opts))
	}
	targets, err := openTargets(env, &o, fs.Args())
	if err != nil {
		return 0, err
	}
	defer targets.discard()

	warnExpired(env.Stderr, opts.Select)
	result, err := analyse(ctx, env, opened.sources, &o, opts)
	if err != nil {
		return 0, err
	}
	err = targets.write(result, report.Options{Top: o.top, Suggest: o.suggest, Table: parquet.Table(o.table)})
	if err != nil {
		return 0, err
	}
	warnFailed(env.Stderr, result.Coverage.Failures)
	switch {
	case stopped(stderr, conditions, result):
		return Condition, nil
	case !result.Coverage.Complete():
		return Incomplete, nil
	}
	return OK, nil
}

// splitLists splits each value at its commas: --error-code A,B --error-code C.
func splitLists(values []string) (all []string) {
	for _, v := range values {
		all = append(all, strings.Split(v, ",")...)
	}
	return all
}

// check refuses values that no flag can have.
func (o *reportOptions) check() error {
	switch {
	case o.top < 0:
		return usagef("--top %d is negative", o.top).hint("0 shows all groups")
	case o.color != colorAuto && o.color != colorAlways && o.color != colorNever:
		return usagef("unknown --color %q", o.color).hint("it is auto, always or never")
	case o.workers < 0:
		return usagef("--workers %d is negative", o.workers)
	case o.maxDepth < 1 || o.maxDepth > scan.MaxDepth:
		return usagef("--max-depth %d is out of range", o.maxDepth).hint("it can be from 1 to %d", scan.MaxDepth)
	case o.maxGroups < 1 || o.maxRows < 1:
		return usagef("--max-groups and --max-rows are at least 1")
	case o.table != string(parquet.Series) && o.table != string(parquet.Denials):
		return usagef("unknown --table %q", o.table).hint("the tables are series and denials")
	}
	if err := o.source.check(); err != nil {
		return err
	}
	for _, c := range o.errorCodes {
		if strings.TrimSpace(c) == "" {
			return usagef("--error-code is empty").hint("name a code as CloudTrail writes it, such as AccessDenied")
		}
	}
	return nil
}

// window returns the times that the flags set.
func (o *reportOptions) window(now time.Time) (w aggregate.Window, err error) {
	if o.interval != "auto" {
		if w.Interval, err = aggregate.ParseInterval(o.interval); err != nil {
			return w, usagef("--interval %q is no interval", o.interval).hint("write auto, hours that divide a day (1h, 6h), or whole days (1d, 7d)")
		}
	}
	if o.since != "" {
		if o.from != "" {
			return w, usagef("--since and --from both set the begin").hint("give one of them")
		}
		span, err := parseSpan("since", o.since)
		if err != nil {
			return w, err
		}
		w.From = now.UTC().Add(-span).Truncate(time.Second)
	}
	if o.from != "" {
		if w.From, err = parseTime("from", o.from); err != nil {
			return w, err
		}
	}
	if o.to != "" {
		if w.To, err = parseTime("to", o.to); err != nil {
			return w, err
		}
	}
	if !w.From.IsZero() && !w.To.IsZero() && !w.From.Before(w.To) {
		return w, usagef("the window is empty: it begins at %s and ends at %s", w.From.Format(time.RFC3339), w.To.Format(time.RFC3339)).
			hint("--to is the first moment that is not in it: --from 2026-10-01 --to 2026-11-01 is October")
	}
	return w, nil
}

// ingest returns what the flags say of reading.
func (o *reportOptions) ingest(opts aggregate.Options) ingest.Options {
	return o.source.narrow(ingest.Options{
		Accounts:      o.filters.accounts(),
		Workers:       o.workers,
		ErrorCodes:    o.errorCodes,
		From:          opts.Window.From,
		To:            opts.Window.To,
		ChangesBefore: opts.ChangeWindow,
		MaxObject:     int64(o.maxObject),
		MaxRecord:     int64(o.maxRecord),
		MaxDepth:      o.maxDepth,
	})
}

// analyse reads the sources. When ctx ends it returns at once, even while a
// read hangs: the process ends then, and nothing has been written.
func analyse(ctx context.Context, env Env, sources []source.Source, o *reportOptions, opts aggregate.Options) (*aggregate.Result, error) {
	type outcome struct {
		result *aggregate.Result
		err    error
	}
	done := make(chan outcome, 1)
	progress := &ingest.Progress{}
	opts.Limits = &aggregate.Limits{Rows: o.maxRows, Groups: o.maxGroups}
	opts.Denials = o.table == string(parquet.Denials)
	go func() {
		var shards []*aggregate.Shard
		read := o.ingest(opts)
		read.Progress = progress
		coverage, err := ingest.Run(ctx, sources, read, func() ingest.Sink {
			s := aggregate.NewShard(opts.Limits, opts.Denials)
			s.WillSelect(opts.Select)
			shards = append(shards, s)
			return s
		})
		if err != nil {
			done <- outcome{err: sourceHint(limitHint(err))}
			return
		}
		nameFlags(coverage.Failures)
		result, err := aggregate.Build(shards, coverage, opts)
		done <- outcome{result, limitHint(err)}
	}()
	stop := showProgress(env, progress)
	defer stop()
	select {
	case out := <-done:
		return out.result, out.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// limitHint says what to do about a limit of the whole run.
func limitHint(err error) error {
	if !errors.Is(err, aggregate.ErrLimit) {
		return err
	}
	return hintedError{err, []string{"narrow the window with --from and --to, or raise the limit if there is memory for it"}}
}

// warnFailed names the first objects that could not be read; the report names
// more.
func warnFailed(w io.Writer, failures []coverage.Failure) {
	const most = 10
	for i, f := range failures {
		if i == most {
			complain(w, "warning", fmt.Errorf("and %d more objects could not be read", len(failures)-most))
			return
		}
		complain(w, "warning", fmt.Errorf("%s: %s", f.Object, f.Err))
	}
}
