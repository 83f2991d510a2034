package cli

import (
	"bufio"
	"context"
	"errors"

	"github.com/spf13/pflag"

	"trail403/report"
	"trail403/report/compare"
)

// compareFlags are the flags of `trail403 compare`.
type compareFlags struct {
	format, color string
	top           int
	failOn        []string
	store         comparedStore
}

func (o *compareFlags) set() *pflag.FlagSet {
	fs := pflag.NewFlagSet("compare", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringVar(&o.format, "format", "",
		"write the comparison in `FORMAT`: "+orList(report.ComparisonFormats())+
			" (default: text on a terminal, otherwise markdown)")
	fs.StringVar(&o.color, "color", colorAuto,
		"color text `WHEN`: auto (on a terminal, unless NO_COLOR is set), always or never")
	fs.IntVar(&o.top, "top", 25, "show at most `N` groups in Markdown and text (0 shows all)")
	fs.StringArrayVar(&o.failOn, "fail-on", nil, "exit with code 4 if `CONDITION` holds: "+
		orList(earlierConditionNames()))
	o.store.add(fs)
	return fs
}

func comparePage() page {
	return page{
		usage: "[flags] OLD.json [NEW.json]",
		about: `Compares two JSON reports and says what changed from the first one to the second:
which groups are new, gone, louder or quieter, which incidents started or ended,
and which policies improved. It first says where the reports did not look at the
same, for example because a trail was not read. It reads no CloudTrail logs.

With --store, the later report is the one that the store gives now, with the window
of the flags. The earlier one is OLD.json, or the report of --against-window.
`,
		flags: new(compareFlags).set(),
		examples: `  trail403 report --since 7d -o monday.json ./AWSLogs
  trail403 compare last-monday.json monday.json
  trail403 compare --fail-on worse last-monday.json monday.json
  trail403 compare --store ./store --since 7d --against-window 7d
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed, for example because a file is not a JSON report"},
			{Usage, "wrong usage"},
			{Condition, "the comparison is written, and a condition of --fail-on holds"},
		},
	}
}

func runCompare(ctx context.Context, env Env, args []string) (int, error) {
	var o compareFlags
	fs := o.set()
	if helped, err := parseFlags(env, fs, args, "compare", comparePage); helped || err != nil {
		return OK, err
	}
	format, conditions, err := o.check(env)
	if err != nil {
		return 0, err
	}
	c, err := o.compare(ctx, env, fs)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(env.Stdout, 64<<10)
	err = report.WriteComparison(w, format, report.Options{
		Top: o.top, Width: env.width(env.Stdout), Color: env.color(o.color, env.Stdout), Against: c,
	})
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return 0, writingStdout(err)
	}
	if held := heldConditions(conditions, &findings{against: c}); held != "" {
		complain(env.Stderr, "fail-on", errors.New(held))
		return Condition, nil
	}
	return OK, nil
}

// compare compares the reports that the arguments name.
func (o *compareFlags) compare(ctx context.Context, env Env, fs *pflag.FlagSet) (*compare.Comparison, error) {
	if o.store.report.store != "" {
		return o.store.compare(ctx, env, fs.Args())
	}
	for _, name := range comparedStoreFlags[1:] {
		if fs.Changed(name) {
			return nil, usagef("--%s is about the report of a store, and no flag names one", name).
				hint("add --store, or name two JSON reports")
		}
	}
	if fs.NArg() != 2 {
		return nil, usagef("compare takes two JSON reports, the earlier one first").
			hint("for example: trail403 compare last-week.json this-week.json")
	}
	earlier, err := readReport(fs.Arg(0))
	if err != nil {
		return nil, err
	}
	later, err := readReport(fs.Arg(1))
	if err != nil {
		return nil, err
	}
	return compare.Of(earlier, later), nil
}

// check finds what is wrong with the values of flags.
func (o *compareFlags) check(env Env) (format report.Format, list []condition, err error) {
	if o.top < 0 {
		return "", nil, usagef("--top %d is negative", o.top).hint("write 0 to show all groups")
	}
	if _, err := oneOf("color", o.color, colors(), "values"); err != nil {
		return "", nil, err
	}
	format = report.Markdown
	switch {
	case o.format != "":
		if format, err = oneOf("format", o.format, report.ComparisonFormats(), "formats"); err != nil {
			return "", nil, err
		}
	case env.IsTerminal(env.Stdout):
		format = report.Text
	}
	for _, text := range splitLists(o.failOn) {
		name, err := oneOf("fail-on", text, earlierConditionNames(), "conditions")
		if err != nil {
			return "", nil, err
		}
		c, err := parseCondition(name, env.Now())
		if err != nil {
			return "", nil, err
		}
		list = append(list, c)
	}
	return format, list, nil
}
