package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/dustin/go-humanize"

	"trail403/ingest/coverage"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	storeplace "trail403/ingest/store/place"
)

func storeStatus(ctx context.Context, _ Env, _ *storeFlags, at storeplace.Place, w io.Writer) (int, error) {
	l, err := ledger.Open(ctx, at)
	if err != nil {
		return 0, err
	}
	size, err := sizeOfStore(ctx, at)
	if err != nil {
		return 0, err
	}
	var manifests []*manifest.Manifest
	var rows manifest.Rows
	for _, r := range l.Runs {
		manifests = append(manifests, r.Manifest)
		rows.Add(r.Rows)
	}
	c := manifest.Coverage(manifests, nil)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(name, format string, args ...any) { fmt.Fprintf(t, name+"\t"+format+"\n", args...) }
	line("Runs", "%s in %s, %s",
		humanize.Comma(int64(l.Next()-1)), counted(len(l.Runs), "file"), humanize.IBytes(uint64(size)))
	if n := len(l.Runs); n > 0 {
		line("Last commit", "%s", moment(l.Runs[n-1].Committed))
	}
	line("Objects", "%s read, %s skipped, %s failed", humanize.Comma(int64(c.Objects.Read)),
		humanize.Comma(int64(c.Objects.TotalSkipped())), humanize.Comma(int64(c.Objects.Failed)))
	line("Records", "%s", humanize.Comma(int64(c.Records.Seen)))
	line("Denials", "%s, copies included", humanize.Comma(int64(rows.Denials)))
	line("Access changes", "%s", humanize.Comma(int64(rows.Changes)))
	if first, last, ok := store.SpanOf(l.Runs); ok {
		line("Events", "%s to %s", moment(first), moment(last))
	}
	statusOfTrails(line, c)
	for _, name := range slices.Sorted(maps.Keys(l.History.Listed)) {
		line("Listed", "%s through %s", printable(name), l.History.Listed[name])
	}
	line("Last sweep", "%s", momentOr(l.History.Swept, "never"))
	if !l.History.Before.IsZero() {
		line("Forgotten", "events before %s", l.History.Before.Format(time.DateOnly))
	}
	t.Flush()
	nameFailures(w, c)
	return OK, nil
}

func sizeOfStore(ctx context.Context, at storeplace.Place) (size int64, err error) {
	for _, folder := range []string{"", ledger.EventsFolder, ledger.SeenFolder} {
		files, err := at.List(ctx, folder)
		if err != nil {
			return 0, err
		}
		for _, f := range files {
			size += max(f.Size, 0)
		}
	}
	return size, nil
}

// statusOfTrails says which trails were read, and on how many days none of their objects
// were.
func statusOfTrails(line func(name, format string, args ...any), c *coverage.Coverage) {
	if len(c.Trails) == 0 {
		return
	}
	accounts := map[string]bool{}
	for place := range c.Trails {
		accounts[place.Account] = true
	}
	line("Trails", "%s in %s", counted(len(accounts), "account"), counted(len(c.Trails.Regions()), "Region"))
	line("Delivered", "through %s", momentOr(c.Delivered, "unknown"))
	without := 0
	for _, days := range c.Trails {
		list := days.List()
		span := int(list[len(list)-1].Sub(list[0])/(24*time.Hour)) + 1
		without += span - len(list)
	}
	if without > 0 {
		line("Missing", "%s between the first and the last one of a trail", counted(without, "day"))
	}
}

func nameFailures(w io.Writer, c *coverage.Coverage) {
	const most = 20
	for i, f := range c.Failures {
		if i == most {
			fmt.Fprintf(w, "failed: %s\n", counted(c.Objects.Failed-most, "more object"))
			return
		}
		fmt.Fprintf(w, "failed: %s: %s\n", printable(f.Object), printable(f.Err.Error()))
	}
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func momentOr(t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	return moment(t)
}
