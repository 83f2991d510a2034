package cli

import (
	"bufio"
	"context"
	"strings"

	"github.com/spf13/pflag"

	"trail403/aggregate/filter"
	"trail403/ingest/identity"
	"trail403/ingest/redact"
	"trail403/report"
)

// whyFlags are the flags of `trail403 why`: some of those of a report.
type whyFlags struct{ reportFlags }

func (o *whyFlags) set() *pflag.FlagSet {
	fs := pflag.NewFlagSet("why", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringVar(&o.format, "format", "", "write the answer in `FORMAT`: "+orList(report.ComparisonFormats())+
		" (default: text)")
	fs.StringVar(&o.color, "color", colorAuto,
		"color text `WHEN`: auto (on a terminal, unless NO_COLOR is set), always or never")
	o.eventFlags(fs)
	o.storeFlag(fs)
	o.sourceFlags(fs)
	o.confirmFlag(fs)
	o.liveFlags.add(fs)
	fs.BoolVarP(&o.quiet, "quiet", "q", false, "print only errors on standard error")
	o.limitFlags(fs)
	return fs
}

func whyPage() page {
	return page{
		usage: "--principal NAME --bucket BUCKET [flags] SOURCE...",
		about: `Answers on one screen whether and why somebody is denied access: since when, how
often, because of which policy, who changed it, who else is denied for the same
reason, and what to do first. Three events and the command for more follow.

NAME is an ARN, also one of a session as error messages have it, or only the name
of a role or user. BUCKET is a name, an ARN or an s3:// URL. One of both is enough.
Without --since or --from, all records of the SOURCE count.
`,
		flags: new(whyFlags).set(),
		examples: `  trail403 why --principal reader --bucket corp-data --since 7d ./AWSLogs
  trail403 why --principal arn:aws:sts::111122223333:assumed-role/reader/i-0abc --bucket s3://corp-data/a.csv ./AWSLogs
  trail403 why --bucket corp-data --action PutObject --format json ./AWSLogs
`,
		exits: []exit{
			{OK, "done, whatever the answer is"},
			{Failed, "failed"},
			{Usage, "wrong usage"},
			{Incomplete, "done, but some input could not be read"},
			{Interrupted, "interrupted"},
		},
	}
}

func runWhy(ctx context.Context, env Env, args []string) (int, error) {
	var o whyFlags
	fs := o.set()
	if helped, err := parseFlags(env, fs, args, "why", whyPage); helped || err != nil {
		return OK, err
	}
	format, err := o.answerFormat()
	if err != nil {
		return 0, err
	}
	q, err := o.question(fs.Args())
	if err != nil {
		return 0, err
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
	defer closeLive(p.live)
	quieted := p.quieted(env)
	warnExpired(quieted.Stderr, p.aggregate.Select)
	result, err := analyze(ctx, quieted, opened.sources, p)
	if err != nil {
		return 0, err
	}
	confirmed, err := p.confirmFixes(ctx, quieted, opened.sources, result)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(env.Stdout, 64<<10)
	err = report.WriteWhy(w, format, result, report.Options{
		Width: env.width(env.Stdout), Color: env.color(o.color, env.Stdout),
	}, q)
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return 0, writingStdout(err)
	}
	warnFailed(quieted.Stderr, &result.Coverage)
	code := exitCode("", result)
	isLiveKnown := tellLive(quieted.Stderr, result.Live)
	if code == OK && !(confirmed && isLiveKnown) {
		code = Incomplete
	}
	return code, nil
}

// answerFormat returns the format of the answer.
func (o *whyFlags) answerFormat() (report.Format, error) {
	if o.format == "" {
		o.format = string(report.Text)
	}
	return oneOf("format", o.format, report.ComparisonFormats(), "formats")
}

// question reads names as people have them at hand, and sets the filters to what the
// program calls them.
func (o *whyFlags) question(sources []string) (q report.Question, err error) {
	for f, into := range map[filter.Field]*string{
		filter.Principal: &q.Principal, filter.Bucket: &q.Bucket, filter.Action: &q.Action,
	} {
		list := *o.globs[f]
		switch {
		case len(list) > 1:
			return q, usagef("--%s is given twice", f).hint("ask about one at a time; * stands for any characters")
		case len(list) == 0:
			continue
		}
		*o.globs[f] = looselyNamed(f, strings.TrimSpace(list[0]))
		*into = redact.Text((*o.globs[f])[0])
	}
	if q.Principal == "" && q.Bucket == "" {
		return q, usagef("why needs --principal or --bucket").
			hint("for example: trail403 why --principal reader --bucket corp-data ./AWSLogs")
	}
	q.More, q.Events = redact.Text(o.moreCommand("report", sources)), redact.Text(o.moreCommand("events", sources))
	return q, nil
}

// looselyNamed returns what a report calls the principal or bucket that somebody means. A
// session's ARN does not have the path of its role, so the role may have any.
func looselyNamed(f filter.Field, name string) []string {
	switch {
	case f == filter.Principal && identity.SessionOf(name) != "":
		role := identity.OfARN(name).Name
		return []string{role, strings.Replace(role, ":role/", ":role/*/", 1)}
	case f == filter.Principal:
		return []string{strings.TrimSuffix(name, " role")}
	case f == filter.Bucket:
		name = strings.TrimPrefix(name, "s3://")
		if i := strings.LastIndex(name, ":::"); i >= 0 {
			name = name[i+len(":::"):]
		}
		name, _, _ = strings.Cut(name, "/")
	}
	return []string{name}
}

// moreCommand returns a call of another command about the same question.
func (o *whyFlags) moreCommand(command string, sources []string) string {
	parts := []string{"trail403", command}
	for _, f := range filterFields() {
		for _, glob := range *o.globs[f] {
			parts = append(parts, "--"+string(f), shellWord(glob))
		}
	}
	for _, flag := range [][2]string{{"--from", o.from}, {"--to", o.to}, {"--since", o.since}} {
		if flag[1] != "" {
			parts = append(parts, flag[0], shellWord(flag[1]))
		}
	}
	if o.store != "" {
		parts = append(parts, "--store", shellWord(o.store))
	}
	for _, s := range sources {
		parts = append(parts, shellWord(s))
	}
	return strings.Join(parts, " ")
}

// shellWord quotes a word for a shell where that is necessary.
func shellWord(word string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@=+,%"
	if word != "" && strings.Trim(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
