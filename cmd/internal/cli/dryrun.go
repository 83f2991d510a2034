package cli

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/dustin/go-humanize"

	"trail403/ingest"
	"trail403/ingest/coverage"
)

// dryRun lists the sources and says on standard output what a run would read.
func dryRun(ctx context.Context, env Env, o *opened, opts ingest.Options) (int, error) {
	opts.Progress = &ingest.Progress{}
	stop := showProgress(env, opts.Progress)
	plan, err := ingest.MakePlan(ctx, o.sources, opts)
	stop()
	if err != nil {
		return 0, sourceHint(err)
	}
	t := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "Account\tRegion\tObjects\tBytes\t")
	var all ingest.Part
	for _, p := range plan.Parts {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t\n", or(p.Account, "unknown"), or(p.Region, "unknown"), humanize.Comma(int64(p.Objects)), stored(p))
		all.Objects, all.Bytes, all.Unsized = all.Objects+p.Objects, all.Bytes+p.Bytes, all.Unsized+p.Unsized
	}
	fmt.Fprintf(t, "all\t\t%s\t%s\t\n", humanize.Comma(int64(all.Objects)), stored(all))
	if err := t.Flush(); err != nil {
		return 0, fmt.Errorf("writing standard output: %w", pathCause(err))
	}
	fmt.Fprintln(env.Stdout)
	c := &plan.Coverage
	for _, reason := range coverage.Reasons() {
		if n := c.Objects.Skipped[reason]; n > 0 {
			fmt.Fprintf(env.Stdout, "Skipped: %s objects, %s\n", humanize.Comma(int64(n)), reason)
		}
	}
	if n := len(c.Pruned); n > 0 {
		fmt.Fprintf(env.Stdout, "Passed over: %s folders without records that were asked for\n", humanize.Comma(int64(n)))
	}
	if err := o.sayS3(ctx, env, plan.Remote); err != nil {
		return 0, err
	}
	fmt.Fprintln(env.Stdout, "Nothing was read or written: this was a dry run")
	if !c.Complete() {
		warnFailed(env.Stderr, c.Failures)
		return Incomplete, nil
	}
	return OK, nil
}

// sayS3 says what concerns S3 alone: requests, and where the buckets are.
func (o *opened) sayS3(ctx context.Context, env Env, objects int) error {
	if objects == 0 && len(o.buckets) == 0 {
		return nil
	}
	fmt.Fprintf(env.Stdout, "Requests: %s made to list; reading takes %s more\n", humanize.Comma(o.s3.Lists()), humanize.Comma(int64(objects)))
	slices.Sort(o.buckets)
	for _, name := range slices.Compact(o.buckets) {
		bucket, home, err := o.s3.Regions(ctx, name)
		switch {
		case err != nil:
			return sourceHint(err)
		case bucket == "":
			fmt.Fprintf(env.Stdout, "Bucket %s: the server does not tell its Region\n", name)
		case home == "":
			fmt.Fprintf(env.Stdout, "Bucket %s is in %s; no Region is configured here: elsewhere, AWS charges for the transfer\n", name, bucket)
		case home != bucket:
			fmt.Fprintf(env.Stdout, "Bucket %s is in %s, and the Region configured here is %s: AWS charges for the transfer between Regions\n", name, bucket, home)
		default:
			fmt.Fprintf(env.Stdout, "Bucket %s is in %s, as configured here\n", name, bucket)
		}
	}
	return nil
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// stored says how many bytes objects have, as far as known.
func stored(p ingest.Part) string {
	switch {
	case p.Unsized == 0:
		return humanize.IBytes(uint64(p.Bytes))
	case p.Unsized == p.Objects:
		return "unknown"
	}
	return "over " + humanize.IBytes(uint64(p.Bytes))
}
