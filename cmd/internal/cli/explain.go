package cli

import (
	"bufio"
	"context"
	"errors"
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
	format string
}

func (o *explainOptions) flags() *pflag.FlagSet {
	fs := pflag.NewFlagSet("explain", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.StringVar(&o.format, "format", "text", "`FORMAT` of the answers: text, or json, one object a line")
	return fs
}

func explainPage() page {
	return page{
		usage: "[flags] [MESSAGE...]",
		about: `Explains access denied errors of Amazon S3: which policy refused, what that
means, whose it is to fix, what to do next, and how to see that it worked. It
never asks AWS; all comes from the text.

A MESSAGE is an error message, as CloudTrail, the AWS CLI or an SDK has it, or a
CloudTrail record. Put it in single quotes. Without one, standard input is read:
a message, a CLI error or a record a line, or whole CloudTrail files, gzip too.
Of records, those that are no S3 denials are passed over. Blank lines are too.
`,
		flags: new(explainOptions).flags(),
		examples: `  trail403 explain 'User: arn:aws:iam::111122223333:user/Mary is not authorized
    to perform: s3:GetObject with an explicit deny in a service control policy'
  aws s3 cp s3://corp-data/a.csv . 2>&1 | trail403 explain
  trail403 explain < 111122223333_CloudTrail_us-east-1_20261028T0915Z_x.json.gz
  trail403 explain --format json < messages.txt | jq -r '.cause' | sort | uniq -c
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed, such as on broken JSON; what was read before is answered"},
			{Usage, "wrong usage"},
			{Incomplete, "done, but some text was not recognized as an error of S3"},
			{Interrupted, "interrupted"},
		},
	}
}

func runExplain(ctx context.Context, env Env, args []string) (int, error) {
	var o explainOptions
	fs := o.flags()
	if err := fs.Parse(args); errors.Is(err, pflag.ErrHelp) {
		explainPage().print(env.Stdout, "explain")
		return OK, nil
	} else if err != nil {
		return 0, usagef("%w", err).hint("`trail403 help explain` lists the flags")
	}
	out := bufio.NewWriter(env.Stdout)
	var write func(*answer) error
	switch o.format {
	case "text":
		write = (&textAnswers{w: out}).write
	case "json":
		write = func(a *answer) error { return writeJSONAnswer(out, a) }
	default:
		return 0, usagef("unknown --format %q", o.format).hint("the formats are text and json")
	}
	texts, err := explainTexts(fs.Args())
	if err != nil {
		return 0, err
	}
	if len(texts) == 0 && env.IsTerminal(env.Stdin) {
		fmt.Fprintln(env.Stderr, "trail403: reading standard input: paste a message or a record, and end with Ctrl-D")
	}

	q := &questions{answers: make(chan *answer, 64), done: ctx.Done(), now: env.Now()}
	go q.read(env.Stdin, texts)
	answered, unrecognized := 0, 0
	for {
		a, err := q.next(ctx, out)
		if err != nil {
			return 0, err
		}
		if a == nil {
			break
		}
		answered++
		if a.denial.Cause == event.Unrecognized {
			unrecognized++
		}
		if err := write(a); err != nil {
			return 0, fmt.Errorf("writing standard output: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return 0, fmt.Errorf("writing standard output: %w", err)
	}
	switch {
	case q.err != nil:
		return 0, q.err
	case answered == 0:
		complain(env.Stderr, "note", q.nothing())
	case unrecognized > 0:
		return Incomplete, nil
	}
	return OK, nil
}

// next returns the next answer, nil after the last one. What was written before
// is shown before it waits: standard input may be a pipe that lives for hours.
// It returns at once when ctx ends, even while a read hangs.
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

// explainTexts returns the texts to be explained, none for standard input. It
// refuses what people mean otherwise than they write it.
func explainTexts(texts []string) ([]string, error) {
	if len(texts) == 1 && texts[0] == "-" {
		return nil, nil
	}
	known := func(s string) bool { return message.Parse(s).Cause != event.Unrecognized }
	isMessage := func(s string) bool { return known(s) || strings.ContainsAny(s, " \t\n") }
	if len(texts) > 1 && !slices.ContainsFunc(texts, isMessage) && known(strings.Join(texts, " ")) {
		return nil, usagef("the message is not in quotes").hint("put all of it in single quotes: trail403 explain 'User: … is not authorized …'")
	}
	for _, s := range texts {
		switch {
		case strings.TrimSpace(s) == "":
			return nil, usagef("a MESSAGE is empty").hint("an unset variable in a script?")
		case s == "-":
			return nil, usagef("standard input together with messages").hint("give the one or the others")
		case !known(s) && isFile(s):
			return nil, usagef("%s is a file; explain takes messages", s).hint("for what is in it: trail403 explain < %s", s)
		}
	}
	return texts, nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}
