package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/pflag"

	"trail403/aggregate"
	"trail403/aggregate/proposal"
	"trail403/ingest"
	"trail403/ingest/coverage"
	"trail403/ingest/policydoc"
	"trail403/ingest/policyfile"
	"trail403/ingest/source"
)

// checkFlags are the flags of `trail403 check`. Those of sources and limits are the
// same as of a report.
type checkFlags struct {
	reportFlags
	proposed, as string
}

func (o *checkFlags) set() *pflag.FlagSet {
	fs := pflag.NewFlagSet("check", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringVar(&o.proposed, "proposed", "", "check the policy document in `FILE`")
	fs.StringVar(&o.as, "as", "",
		"check it as the policy of `TARGET`: bucket:NAME, role:ARN, user:ARN, scp:ACCOUNT, rcp:ACCOUNT, key:ARN or endpoint:ID")
	fs.StringArrayVar(&o.policies, "policies", nil, policiesHelp)
	fs.StringVar(&o.format, "format", "text", "write the answer in `FORMAT`: text or json")
	fs.StringVar(&o.from, "from", "", "check only requests at `TIME` or later: 2026-10-01 or 2026-10-01T09:00:00Z, in UTC")
	fs.StringVar(&o.to, "to", "", "check only requests before `TIME`")
	fs.StringVar(&o.since, "since", "", "check only requests of the last `SPAN`: 90m, 36h, 7d, 2w")
	o.sourceFlags(fs)
	o.liveFlags.add(fs)
	fs.StringArrayVar(&o.failOn, "fail-on", nil,
		"exit with code 4 if any request is `OUTCOME`: refused, allowed or unknown")
	fs.BoolVarP(&o.quiet, "quiet", "q", false, "print only errors on standard error")
	o.limitFlags(fs)
	return fs
}

func checkPage() page {
	return page{
		usage: "--proposed FILE --as TARGET [flags] SOURCE...",
		about: `Says what a policy that is not in force would have done to the S3 requests in
CloudTrail logs: which successful requests it would have refused, which denied
requests it would have allowed, and for which this cannot be known.

The policy takes the place of the one that the target has. An SCP or RCP is added to
those that the account has; scp:r-… and rcp:r-… are about all accounts. All S3
records are read, and no others. AWS is never asked for a decision.

The logs hold requests for objects only if the trail has data events. What the
policy depends on and no record shows is named. Of the other policies that count, the
logs show those that changed, from then on. --policies and --live make more of them
known.
`,
		flags: new(checkFlags).set(),
		examples: `  trail403 check --proposed new-policy.json --as bucket:corp-data ./AWSLogs
  trail403 check --proposed scp.json --as scp:111122223333 --since 30d ./AWSLogs
  trail403 check --proposed endpoint.json --as endpoint:vpce-0a1b2c3d --format json ./AWSLogs
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed"},
			{Usage, "wrong usage"},
			{Incomplete, "the answer is written, but some input could not be read"},
			{Condition, "the answer is written, and there is a request of --fail-on"},
			{Interrupted, "interrupted"},
		},
	}
}

func runCheck(ctx context.Context, env Env, args []string) (int, error) {
	var o checkFlags
	fs := o.set()
	if helped, err := parseFlags(env, fs, args, "check", checkPage); helped || err != nil {
		return OK, err
	}
	p, proposed, err := o.planCheck(env, fs.Args())
	if err != nil {
		return 0, err
	}
	opened, err := openSources(env, p)
	if err != nil {
		return 0, err
	}
	defer opened.close()
	if p.dryRun {
		return dryRun(ctx, p.quieted(env), opened, p.ingest, nil)
	}
	defer closeLive(p.live)
	quiet := p.quieted(env)
	tellPolicies(quiet.Stderr, p.policies)
	result, c, err := judgeAll(ctx, quiet, opened.sources, p, proposed)
	if err != nil {
		return 0, err
	}
	a := &checked{result: result, coverage: c, file: o.proposed, as: o.as}
	if err := a.write(env.Stdout, o.format); err != nil {
		return 0, writingStdout(err)
	}
	warnFailed(quiet.Stderr, c)
	isRead := tellLive(quiet.Stderr, result.Live)
	return o.exitCode(env.Stderr, a, len(p.policies.Failures) > 0 || !isRead), nil
}

// planCheck reads the flags and arguments, and the files that they name.
func (o *checkFlags) planCheck(env Env, args []string) (*plan, *proposal.Proposal, error) {
	o.interval = "auto" // which a window needs, and nothing here counts by it
	p := &plan{sources: args, objectsFrom: o.objectsFrom, dryRun: o.dryRun, quiet: o.quiet}
	var err error
	if p.aggregate.Window, err = o.window(env.Now()); err != nil {
		return nil, nil, err
	}
	if _, err := oneOf("format", o.format, []string{"text", "json"}, "formats"); err != nil {
		return nil, nil, err
	}
	for _, outcome := range splitLists(o.failOn) {
		if _, err := oneOf("fail-on", outcome, outcomes, "outcomes"); err != nil {
			return nil, nil, err
		}
	}
	for _, step := range []func(Env, *plan) error{o.checkNumbers, o.checkCodes, o.planPolicies, o.planReading, o.planS3, o.planLive} {
		if err := step(env, p); err != nil {
			return nil, nil, err
		}
	}
	d, err := o.document()
	if err != nil {
		return nil, nil, err
	}
	target, err := proposal.ParseTarget(o.as)
	if err != nil {
		return nil, nil, usagef("--as: %w", err).
			hint("write bucket:NAME, role:ARN, user:ARN, scp:ACCOUNT, rcp:ACCOUNT, key:ARN or endpoint:ID")
	}
	return p, proposal.New(target, d, p.policies.Snapshots), nil
}

// document reads the proposed policy.
func (o *checkFlags) document() (*policydoc.Document, error) {
	if o.proposed == "" {
		return nil, usagef("--proposed names no file").hint("name the file with the policy document to check")
	}
	text, err := policyfile.Document(o.proposed)
	if err != nil {
		return nil, fmt.Errorf("--proposed %s: %w", o.proposed, pathCause(err))
	}
	d, err := policydoc.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("--proposed %s: %w", o.proposed, err)
	}
	return d, nil
}

// planReading sets what is read.
func (o *checkFlags) planReading(env Env, p *plan) error {
	p.ingest = ingest.Options{
		Regions: o.awsRegions, Workers: o.workers, Fetchers: o.fetchers, Retry: env.Retry,
		From: p.aggregate.Window.From, To: p.aggregate.Window.To,
		MaxObject: int64(o.maxObject), MaxRecord: int64(o.maxRecord), MaxDepth: o.maxDepth,
		MaxArchive: int64(o.maxArchive), MaxMembers: o.maxMembers, MaxTemp: int64(o.maxTemp),
	}
	p.aggregate.Limits = &aggregate.Limits{Rows: o.maxRows, Groups: o.maxGroups}
	return nil
}

// judgeAll judges the requests in the sources. When ctx ends it returns at once, even
// while a read hangs.
func judgeAll(
	ctx context.Context, env Env, sources []source.Source, p *plan, proposed *proposal.Proposal,
) (*proposal.Result, *coverage.Coverage, error) {
	type outcome struct {
		coverage *coverage.Coverage
		shards   []*proposal.Shard
		err      error
	}
	read := p.ingest
	read.Progress = &ingest.Progress{}
	done := make(chan outcome, 1)
	go func() {
		var out outcome
		out.coverage, out.err = ingest.Run(ctx, sources, read, func() ingest.Sink {
			out.shards = append(out.shards, proposed.NewShard(&proposal.Limit{Requests: p.aggregate.Limits.Rows}))
			return out.shards[len(out.shards)-1]
		})
		done <- out
	}()
	stop := showProgress(env, read.Progress)
	defer stop()
	select {
	case <-ctx.Done():
		return nil, nil, context.Cause(ctx)
	case out := <-done:
		switch {
		case errors.Is(out.err, proposal.ErrTooMany):
			return nil, nil, hintedError{out.err, []string{"check a shorter time, or raise --max-rows"}}
		case out.err != nil:
			return nil, nil, sourceHint(limitError(out.err))
		}
		nameFlags(out.coverage.Failures)
		return proposal.Merge(out.shards, asking(ctx, p.live)), out.coverage, nil
	}
}

// exitCode returns the exit code of a run that has written its answer.
func (o *checkFlags) exitCode(stderr io.Writer, a *checked, failed bool) int {
	counts := map[proposal.Outcome]int{
		proposal.Refused: a.result.Refused, proposal.Allowed: a.result.Allowed, proposal.Unknown: a.result.Unknown,
	}
	for _, outcome := range outcomes {
		if counts[outcome] > 0 && slices.Contains(splitLists(o.failOn), string(outcome)) {
			complain(stderr, "fail-on", fmt.Errorf("%s: %s", outcome, requests(counts[outcome])))
			return Condition
		}
	}
	if failed || !a.coverage.Complete() {
		return Incomplete
	}
	return OK
}
