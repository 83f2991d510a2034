package cli

import (
	"context"

	"github.com/spf13/pflag"

	"trail403/ingest/source"
	"trail403/ingest/source/s3"
	"trail403/testdata"
)

// demoFlags are the flags of report that say how a report is written. The others choose
// what is read, and the demo is always the same.
var demoFlags = []string{"output", "format", "color", "no-pager", "top", "by", "suggest", "table", "zeros"}

// some returns the flags of a command that has some flags of report.
func (o *reportFlags) some(command string, names []string) *pflag.FlagSet {
	all := o.set()
	fs := pflag.NewFlagSet(command, pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	for _, name := range names {
		fs.AddFlag(all.Lookup(name))
	}
	return fs
}

func demoPage() page {
	return page{
		usage: "[flags]",
		about: `Writes the report on a demo archive, which is part of the program: the CloudTrail
logs of one month of an invented organization. It needs no data, no credentials and
no network, and writes only what -o names.
`,
		flags: new(reportFlags).some("demo", demoFlags),
		examples: `  trail403 demo
  trail403 demo -o demo.html
  trail403 demo --by bucket,cause
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed; every file is as it was before"},
			{Usage, "wrong usage"},
			{Interrupted, "interrupted before every output was complete"},
		},
		arguments: none,
	}
}

func runDemo(ctx context.Context, env Env, args []string) (int, error) {
	var o reportFlags
	fs := o.some("demo", demoFlags)
	if helped, err := parseFlags(env, fs, args, "demo", demoPage); helped || err != nil {
		return OK, err
	}
	if fs.NArg() > 0 {
		return 0, usagef("demo takes no SOURCE").hint("to analyze your own logs: trail403 report %s", fs.Arg(0))
	}
	p, err := o.plan(env, nil)
	if err != nil {
		return 0, err
	}
	sources := &opened{sources: []source.Source{source.Tree{FS: testdata.Demo}}, s3: s3.New(p.s3)}
	defer sources.close()
	return p.run(ctx, env, sources)
}
