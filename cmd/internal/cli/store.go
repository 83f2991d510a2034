package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"trail403/ingest/source/s3"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	storeplace "trail403/ingest/store/place"
)

// storeAction is one of the things that can be done with a store. It says on w what it
// did.
type storeAction struct {
	name, about string
	run         func(ctx context.Context, env Env, o *storeFlags, at storeplace.Place, w io.Writer) (int, error)
}

func storeActions() []storeAction {
	return []storeAction{
		{"status", "print what the store has, and what failed", storeStatus},
		{"check", "read everything, and name what is damaged or missing", storeCheck},
		{"compact", "make one file of all runs of a month", storeCompact},
		{"forget", "remove the events before a date", storeForget},
		{"export", "write the records as trail files, one for each day", storeExport},
	}
}

func actionChoices() (all []choice) {
	for _, a := range storeActions() {
		all = append(all, choice{a.name, a.about})
	}
	return all
}

func storePage() page {
	about := "Takes care of a STORE, a folder or s3://BUCKET/PREFIX that `trail403 collect` made.\n\n"
	for _, a := range storeActions() {
		about += fmt.Sprintf("  %-8s %s\n", a.name, a.about)
	}
	return page{
		usage: "ACTION [flags] STORE",
		about: about,
		flags: new(storeFlags).set(),
		examples: `  trail403 store status ./store
  trail403 store check s3://my-store-bucket/trail403/
  trail403 store compact ./store
  trail403 store forget --before 2026-01-01 ./store
  trail403 store export -o ./records ./store
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed"},
			{Usage, "wrong usage"},
			{Incomplete, "check: something is damaged or missing; export: records were left out; it is named"},
			{Interrupted, "interrupted"},
		},
		arguments: actionChoices,
	}
}

func runStore(ctx context.Context, env Env, args []string) (int, error) {
	var o storeFlags
	fs := o.set()
	if helped, err := parseFlags(env, fs, args, "store", storePage); helped || err != nil {
		return OK, err
	}
	actions := values(actionChoices())
	if fs.NArg() != 2 {
		return 0, usagef("store takes an ACTION and a STORE").
			hint("for example: trail403 store status ./store; the actions are %s", andList(actions))
	}
	for _, a := range storeActions() {
		if a.name == fs.Arg(0) {
			return o.run(ctx, env, a, fs.Arg(1))
		}
	}
	return 0, usagef("unknown ACTION %q", fs.Arg(0)).
		didYouMean(fs.Arg(0), actions).
		hint("the actions are %s", andList(actions))
}

// run does something with a store.
func (o *storeFlags) run(ctx context.Context, env Env, a storeAction, name string) (int, error) {
	client := s3.New(s3.Options{
		Profile: o.profile, Region: o.region, Endpoint: o.endpoint, KMSKey: o.kmsKey, Retry: env.Retry, Stall: env.Stall,
	})
	defer client.Close()
	at, err := storePlace(name, client)
	if err != nil {
		return 0, err
	}
	var out strings.Builder
	code, err := a.run(ctx, env, o, at, &out)
	if err != nil {
		return 0, storeHint(err)
	}
	if _, err := io.WriteString(env.Stdout, out.String()); err != nil {
		return 0, writingStdout(err)
	}
	return code, nil
}

func storeCheck(ctx context.Context, env Env, _ *storeFlags, at storeplace.Place, w io.Writer) (int, error) {
	c, err := store.Check(ctx, at)
	if err != nil {
		return 0, err
	}
	for _, p := range c.Problems {
		complain(env.Stderr, "damage", p)
	}
	fmt.Fprintf(w, "Read %s with %s, and the ids of %s.\n",
		counted(c.Files, "file"), counted(c.Rows, "row"), counted(c.Objects, "object"))
	if n := len(c.Unused); n > 0 {
		fmt.Fprintf(w, "%s of objects belong to no run. They take a little space and mean nothing.\n", counted(n, "list"))
	}
	if n := len(c.Problems); n > 0 {
		fmt.Fprintf(w, "Found %s. Standard error names each.\n", counted(n, "problem"))
		return Incomplete, nil
	}
	fmt.Fprintln(w, "Found no problem.")
	return OK, nil
}

func storeCompact(ctx context.Context, env Env, o *storeFlags, at storeplace.Place, w io.Writer) (int, error) {
	grace, err := parseGrace(o.grace)
	if err != nil {
		return 0, err
	}
	c, err := store.Compact(ctx, at, grace, env.Now())
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(w, "Wrote %s in place of %s, and removed %s that had been replaced before.\n",
		counted(c.Files, "file"), humanize.Comma(int64(c.Runs)), humanize.Comma(int64(c.Removed)))
	return OK, nil
}

// parseGrace reads a span, which can be zero.
func parseGrace(text string) (time.Duration, error) {
	if text == "0" {
		return 0, nil
	}
	return parseSpan("grace", text)
}

func storeForget(ctx context.Context, env Env, o *storeFlags, at storeplace.Place, w io.Writer) (int, error) {
	if o.before == "" {
		return 0, usagef("forget needs --before DATE").
			hint("events before that date are removed for good: --before 2026-01-01")
	}
	before, err := time.Parse(time.DateOnly, o.before)
	if err != nil {
		return 0, usagef("--before %q is not a date", o.before).hint("write it as in 2026-01-01")
	}
	n, err := store.Forget(ctx, at, before, env.Now())
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(w, "Removed the events before %s. %s had some.\n", o.before, counted(n, "file"))
	return OK, nil
}

func storeExport(ctx context.Context, env Env, o *storeFlags, at storeplace.Place, w io.Writer) (int, error) {
	if o.out == "" {
		return 0, usagef("export needs -o FOLDER").hint("the records are written there: -o ./records")
	}
	l, err := ledger.Open(ctx, at)
	if err != nil {
		return 0, err
	}
	all, err := store.Export(ctx, l, o.out)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(w, "Wrote %s to %s.\n", counted(all.Records, "record"), counted(all.Files, "file"))
	if all.Broken > 0 {
		complain(env.Stderr, "warning",
			errors.New(counted(all.Broken, "record")+" left out, which would not be valid JSON without secrets"))
		return Incomplete, nil
	}
	return OK, nil
}
