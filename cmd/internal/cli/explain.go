package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"trail403/ingest/event"
	"trail403/ingest/message"
)

// explainOptions are the flags of `trail403 explain`.
type explainOptions struct {
	format   string
	policies []string
	liveFlags
	profile, region string
}

func (o *explainOptions) flags() *pflag.FlagSet {
	fs := pflag.NewFlagSet("explain", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringVar(&o.format, "format", "text", "write the answers in `FORMAT`: text, or json with one object per line")
	fs.StringArrayVar(&o.policies, "policies", nil,
		"name the statement that denies the request, from the policies in `PATH`, a file or folder")
	o.liveFlags.add(fs)
	fs.StringVar(&o.profile, "profile", "", "with --live, use `PROFILE` of the AWS configuration")
	fs.StringVar(&o.region, "region", "", "with --live, ask AWS in `REGION` where a denial names none")
	return fs
}

func explainPage() page {
	return page{
		usage: "[flags] [MESSAGE...]",
		about: `Explains access denied errors of Amazon S3: which policy denied the request,
what that means, who can fix it, what to do next, and how to check the fix. It
uses only the text that you give it, and calls AWS only with --live.

A MESSAGE is an error message from CloudTrail, the AWS CLI or an SDK, or a
CloudTrail record. Put it in single quotes. Without a MESSAGE, trail403 reads
standard input: any text that contains errors, such as a terminal session or a log,
records, or complete CloudTrail files, also with gzip. It skips records that are not
S3 denials. docs/explain.md says what is read.

With --policies, which can be repeated, it also names the statement that denies the
request, or the Allow that comes nearest. The files are output of the AWS CLI,
Terraform and others; docs/policies.md lists them. --live reads the policies from AWS
instead, as they are now.
`,
		flags: new(explainOptions).flags(),
		examples: `  trail403 explain 'User: arn:aws:iam::111122223333:user/Mary is not authorized
    to perform: s3:GetObject with an explicit deny in a service control policy'
  aws s3 cp s3://corp-data/a.csv . 2>&1 | trail403 explain
  trail403 explain < 111122223333_CloudTrail_us-east-1_20261028T0915Z_x.json.gz
  trail403 explain --policies corp-data.json < record.json
  trail403 explain --format json < messages.txt | jq -r '.cause' | sort | uniq -c
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed, for example on broken JSON; everything before that is answered"},
			{Usage, "wrong usage"},
			{Incomplete, "done, but some text was not recognized as an S3 error, or a policy could not be read"},
			{Interrupted, "interrupted"},
		},
	}
}

func runExplain(ctx context.Context, env Env, args []string) (int, error) {
	var o explainOptions
	fs := o.flags()
	if helped, err := parseFlags(env, fs, args, "explain", explainPage); helped || err != nil {
		return OK, err
	}
	out := bufio.NewWriter(env.Stdout)
	write, err := o.writer(out)
	if err != nil {
		return 0, err
	}
	texts, err := explainTexts(fs.Args())
	if err != nil {
		return 0, err
	}
	files, err := readPolicies(o.policies)
	if err != nil {
		return 0, err
	}
	tellPolicies(env.Stderr, files)
	if len(texts) == 0 && env.IsTerminal(env.Stdin) {
		fmt.Fprintln(env.Stderr, "trail403: reading standard input: paste a message or a record, then press Ctrl-D")
	}
	q := &questions{answers: make(chan *answer, 64), done: ctx.Done(), now: env.Now()}
	reader, err := o.liveFlags.plan(env, o.profile, o.region)
	if err != nil {
		return 0, err
	}
	defer closeLive(reader)
	q.policies = newLibrary(ctx, files.Snapshots, reader, q.now)
	go q.read(env.Stdin, texts)
	answered, unrecognized, err := q.answer(ctx, out, write)
	if err != nil {
		return 0, err
	}
	isRead := tellLive(env.Stderr, q.policies.reading())
	switch {
	case answered == 0:
		complain(env.Stderr, "note", q.nothing())
	case unrecognized > 0 || len(files.Failures) > 0 || !isRead:
		return Incomplete, nil
	}
	return OK, nil
}

// writer returns the function that writes an answer in the format of the flags.
func (o *explainOptions) writer(out *bufio.Writer) (func(*answer) error, error) {
	switch o.format {
	case "text":
		return (&textAnswers{w: out}).write, nil
	case "json":
		return func(a *answer) error { return writeJSONAnswer(out, a) }, nil
	}
	return nil, usagef("unknown --format %q", o.format).
		didYouMean(o.format, []string{"text", "json"}).
		hint("the formats are text and json")
}

// answer writes all answers. It returns how many there are, and how many texts
// are not recognized.
func (q *questions) answer(ctx context.Context, out *bufio.Writer, write func(*answer) error) (answered, unrecognized int, err error) {
	for {
		a, err := q.next(ctx, out)
		if err != nil {
			return 0, 0, err
		}
		if a == nil {
			break
		}
		answered++
		if a.denial.Cause == event.Unrecognized {
			unrecognized++
		}
		if err := write(a); err != nil {
			return 0, 0, fmt.Errorf("writing standard output: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return 0, 0, fmt.Errorf("writing standard output: %w", err)
	}
	return answered, unrecognized, q.err
}

// next returns the next answer, nil after the last one. Before it waits, it
// flushes what was written: standard input can be a pipe that lives for hours. It
// returns at once when ctx ends, even while a read hangs.
func (q *questions) next(ctx context.Context, out *bufio.Writer) (*answer, error) {
	select {
	case a := <-q.answers:
		return a, ctx.Err()
	default:
	}
	if err := out.Flush(); err != nil {
		return nil, fmt.Errorf("writing standard output: %w", err)
	}
	select {
	case a := <-q.answers:
		return a, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// explainTexts returns the texts to explain, none for standard input. It rejects
// common mistakes: missing quotes, and the name of a file.
func explainTexts(texts []string) ([]string, error) {
	if len(texts) == 1 && texts[0] == "-" {
		return nil, nil
	}
	known := func(s string) bool { return message.Parse(s).Cause != event.Unrecognized }
	isMessage := func(s string) bool { return known(s) || strings.ContainsAny(s, " \t\n") }
	if len(texts) > 1 && !slices.ContainsFunc(texts, isMessage) && known(strings.Join(texts, " ")) {
		return nil, usagef("the message is not in quotes").hint("put the complete message in single quotes: trail403 explain 'User: … is not authorized …'")
	}
	for _, s := range texts {
		switch {
		case strings.TrimSpace(s) == "":
			return nil, usagef("a MESSAGE is empty").hint("check for an unset variable in your script")
		case s == "-":
			return nil, usagef("standard input (-) and messages cannot be combined").hint("use one or the other")
		case !known(s) && isFile(s):
			return nil, usagef("%s is a file, and explain takes messages", s).hint("to explain the content of the file: trail403 explain < %s", s)
		}
	}
	return texts, nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}
