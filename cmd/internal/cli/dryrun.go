package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/dustin/go-humanize"

	"trail403/ingest"
	"trail403/ingest/coverage"
)

// dryRun lists the sources and prints what a run would read on standard output. earlier
// is what it would read for an earlier report; nil if there is none.
func dryRun(ctx context.Context, env Env, o *opened, opts ingest.Options, earlier *ingest.Options) (int, error) {
	found, err := listing(ctx, env, o, opts)
	if err != nil {
		return 0, err
	}
	out := &bytes.Buffer{}
	printParts(out, found.Parts)
	printHistory(out, found)
	printSkipped(out, &found.Coverage)
	remote := found.Remote
	if earlier != nil {
		before, err := listing(ctx, env, o, *earlier)
		if err != nil {
			return 0, err
		}
		printEarlier(out, before)
		remote += before.Remote
	}
	if err := o.printS3(ctx, out, remote); err != nil {
		return 0, err
	}
	printQueries(out, found, o.engine)
	fmt.Fprintln(out, "This was a dry run: no object was read, and no report was written")
	if _, err := out.WriteTo(env.Stdout); err != nil {
		return 0, writingStdout(err)
	}
	if !found.Coverage.Complete() {
		warnFailed(env.Stderr, &found.Coverage)
		return Incomplete, nil
	}
	return OK, nil
}

// listing lists the sources.
func listing(ctx context.Context, env Env, o *opened, opts ingest.Options) (*ingest.Plan, error) {
	opts.Progress = &ingest.Progress{}
	stop := showProgress(env, opts.Progress)
	found, err := ingest.MakePlan(ctx, o.sources, opts)
	stop()
	return found, sourceHint(err)
}

// printEarlier prints what is read once more for --against-window.
func printEarlier(w io.Writer, found *ingest.Plan) {
	var all ingest.Part
	for _, p := range found.Parts {
		all.Add(&p)
	}
	fmt.Fprintf(w, "Earlier window: %s more, with %s, read for --against-window\n", counted(all.Objects, "object"), stored(all))
}

// printParts prints a table of the objects in each account and Region.
func printParts(w io.Writer, parts []ingest.Part) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "Account\tRegion\tObjects\tBytes\t")
	var all ingest.Part
	for _, p := range parts {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t\n",
			or(p.Account, "unknown"), or(p.Region, "unknown"), humanize.Comma(int64(p.Objects)), stored(p))
		all.Add(&p)
	}
	fmt.Fprintf(t, "all\t\t%s\t%s\t\n", humanize.Comma(int64(all.Objects)), stored(all))
	t.Flush()
	fmt.Fprintln(w)
}

// printHistory prints how many of the objects are read only for the time before the
// window, and how far back that reaches.
func printHistory(w io.Writer, found *ingest.Plan) {
	if from := found.Coverage.HistoryFrom; !from.IsZero() && found.History > 0 {
		fmt.Fprintf(w, "History: %s only for the time before the window, since %s (see --history)\n",
			counted(found.History, "object"), from.Format("2006-01-02 15:04 UTC"))
	}
}

// printSkipped prints how much is not read, and why.
func printSkipped(w io.Writer, c *coverage.Coverage) {
	for _, reason := range coverage.Reasons() {
		if n := c.Objects.Skipped[reason]; n > 0 {
			fmt.Fprintf(w, "Skipped: %s, %s\n", counted(n, "object"), reason)
		}
	}
	if n := c.Folders; n > 0 {
		which := "they contain"
		if n == 1 {
			which = "it contains"
		}
		fmt.Fprintf(w, "Skipped: %s, because %s no requested records\n", counted(n, "folder"), which)
	}
}

// printS3 prints what concerns S3 alone: requests, and where the buckets are.
func (o *opened) printS3(ctx context.Context, w io.Writer, objects int) error {
	if objects == 0 && len(o.buckets) == 0 {
		return nil
	}
	fmt.Fprintf(w, "Requests: %s made for the listing, %s more to read the objects\n",
		humanize.Comma(o.s3.Lists()), humanize.Comma(int64(objects)))
	slices.Sort(o.buckets)
	for _, name := range slices.Compact(o.buckets) {
		bucket, home, err := o.s3.Regions(ctx, name)
		if err != nil {
			return sourceHint(err)
		}
		fmt.Fprintf(w, "Bucket %s %s\n", name, regionText(bucket, home))
	}
	return nil
}

// regionText says where a bucket is, and whether AWS charges for that. home is the
// configured Region.
func regionText(bucket, home string) string {
	switch {
	case bucket == "":
		return "is in an unknown Region: the server does not report it"
	case home == "":
		return "is in " + bucket + ", and no Region is configured here: AWS charges for transfers out of that Region"
	case home != bucket:
		return "is in " + bucket + ", and the configured Region is " + home + ": AWS charges for transfers between Regions"
	}
	return "is in " + bucket + ", the configured Region"
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// stored returns how many bytes the objects have, as far as that is known.
func stored(p ingest.Part) string {
	switch {
	case p.Unsized == 0:
		return humanize.IBytes(uint64(p.Bytes))
	case p.Unsized == p.Objects:
		return "unknown"
	}
	return "at least " + humanize.IBytes(uint64(p.Bytes))
}
