package cli

import (
	"context"
	"errors"
	"io"

	"trail403/ingest/source"
	reportwords "trail403/report/words"

	"trail403/aggregate"
	"trail403/aggregate/filter"
	"trail403/report/brief"
)

func reportPage() page {
	return page{
		usage: "[flags] SOURCE...",
		about: `Reads CloudTrail logs, counts each event in which S3 denied access once, groups
these denials by principal, action and bucket, and writes a report.

A SOURCE is a folder with everything below it, a file, s3://BUCKET/PREFIX, the
address of a bucket or folder in the S3 console, or - for standard input. It can
hold CloudTrail JSON in any shape, also compressed (gzip, zstd, bzip2) and in tar
and zip archives.

Filters can be repeated. A denial must match at least one value of each flag used.
The flags -o, --by, --exclude, --policies, --error-code, --aws-region and --fail-on
can be repeated too. All of these except -o, --exclude, --policies, --principal and
--policy can also hold several values, separated by commas.
`,
		flags: new(reportFlags).set(),
		examples: `  trail403 report ./AWSLogs
  trail403 report --since 7d -o report.md -o report.parquet ./AWSLogs
  trail403 report --from 2026-10-01 --to 2026-11-01 --format json ./AWSLogs | jq .totals
  trail403 report --cause 'scp-*' --by policy,principal ./AWSLogs
  trail403 report --quiet --fail-on 'denials>=100' --exclude noise -o report.md ./AWSLogs
  zcat trail.json.gz | trail403 report -
  trail403 report --since 7d --against-window 7d --fail-on worse ./AWSLogs
  trail403 report --dry-run --since 7d s3://my-trail-bucket/AWSLogs/
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed; every file is as it was before"},
			{Usage, "wrong usage"},
			{Incomplete, "the report is written, but some input could not be read; the report names it"},
			{Condition, "the report is written, and a condition of --fail-on holds"},
			{Interrupted, "interrupted before every output was complete"},
		},
	}
}

func runReport(ctx context.Context, env Env, args []string) (int, error) {
	var o reportFlags
	fs := o.set()
	if helped, err := parseFlags(env, fs, args, "report", reportPage); helped || err != nil {
		return OK, err
	}
	p, err := o.plan(env, fs.Args())
	if err != nil {
		return 0, err
	}
	opened, err := openAll(ctx, env, p)
	if err != nil {
		return 0, err
	}
	defer opened.close()
	asked, err := connect(ctx, env, p)
	if err != nil {
		return 0, err
	}
	defer asked.done()
	if p.dryRun {
		return dryRun(ctx, p.quieted(env), opened, p.ingest, p.earlierRead())
	}
	defer closeLive(p.live)
	code, err := p.run(ctx, env, opened)
	if err == nil {
		asked.tell(p.quieted(env).Stderr)
	}
	return code, err
}

// run reads the sources, writes the reports, and returns the exit code.
func (p *plan) run(ctx context.Context, env Env, opened *opened) (int, error) {
	if env.Stdout == (closedStream{}) && len(p.conditions) > 0 {
		env.Stdout = io.Discard // the exit code is the answer
	}
	targets, err := openTargets(env, p)
	if err != nil {
		return 0, err
	}
	defer targets.close()
	p.ingest.Listed = targets.places.spareListed

	stderr := env.Stderr
	env = p.quieted(env)
	warnExpired(env.Stderr, p.aggregate.Select)
	tellPolicies(env.Stderr, p.policies)
	result, isAll, err := p.find(ctx, env, opened.sources)
	if err != nil {
		return 0, err
	}
	held := heldConditions(p.conditions, &findings{result, p.report.Against})
	code := exitCode(held, result)
	if code == OK && !isAll {
		code = Incomplete
	}
	if err := targets.write(result, p.report, code); err != nil {
		return 0, err
	}
	if p.news != nil { // afterwards: a run that ends in between reports it again
		if err := p.news.remember(ctx, result); err != nil {
			return 0, err
		}
	}
	remember(env, result)
	warnFailed(env.Stderr, &result.Coverage)
	tellLive(env.Stderr, result.Live)
	warnMissing(env.Stderr, result)
	if p.annotated {
		_ = brief.Annotations(stderr, result) // As with all messages, nothing is left to complain to.
	}
	if held != "" {
		complain(stderr, "fail-on", errors.New(held))
	}
	return code, nil
}

// find reads the sources. isAll says whether what the report needs beside them could be
// read, too.
func (p *plan) find(ctx context.Context, env Env, sources []source.Source) (r *aggregate.Result, isAll bool, err error) {
	if r, err = analyze(ctx, env, sources, p); err != nil {
		return nil, false, err
	}
	isConfirmed, err := p.confirmFixes(ctx, env, sources, r)
	if err != nil {
		return nil, false, err
	}
	if p.report.Against, err = p.against(ctx, env, sources, r); err != nil {
		return nil, false, err
	}
	return r, len(p.policies.Failures) == 0 && r.Live.IsComplete() && isConfirmed, nil
}

// exitCode returns the exit code of a run whose reports are written. held are the
// conditions that hold.
func exitCode(held string, r *aggregate.Result) int {
	switch {
	case held != "":
		return Condition
	case !r.Coverage.Complete():
		return Incomplete
	}
	return OK
}

// warnMissing says what the data lacks, and which patterns match nothing. The report
// does so, too, but perhaps it goes to a file that nobody looks at.
func warnMissing(w io.Writer, r *aggregate.Result) {
	for _, l := range reportwords.Missing(r) {
		complain(w, "warning", errors.New(l.Brief))
	}
	for _, warning := range reportwords.Unmatched(r.Unmatched) {
		complain(w, "warning", errors.New(warning))
	}
}

// warnExpired names the rules that no longer apply. The report does so, too.
func warnExpired(w io.Writer, s *filter.Selection) {
	for _, warning := range reportwords.ExpiredRules(aggregate.ExclusionsOf(s)) {
		complain(w, "warning", errors.New(warning))
	}
}
