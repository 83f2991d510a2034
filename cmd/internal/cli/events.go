package cli

import (
	"context"
	"errors"
	"io"

	"trail403/report/events"
)

func eventsPage() page {
	return page{
		usage: "[flags] SOURCE...",
		about: `Reads CloudTrail logs as the report does, and lists the denials themselves, one a
line, oldest first: when, who with which session, which action on which object,
why, from where, the ids of the event and of the request, and the file that holds
the record. With the same flags, it lists as many events as the report counts.

SOURCES and filters are those of the report. The first ones of a long list come
when everything was read.
`,
		flags: new(eventsFlags).set(),
		examples: `  trail403 events --principal reader --bucket corp-data --since 1h ./AWSLogs
  trail403 events --group g-5d45da359f52 -n 20 ./AWSLogs
  trail403 events --cause 'scp-*' --format csv -o denials.csv ./AWSLogs
  trail403 events --raw --bucket corp-data ./AWSLogs | jq .requestParameters
`,
		exits: []exit{
			{OK, "done"},
			{Failed, "failed; every file is as it was before"},
			{Usage, "wrong usage"},
			{Incomplete, "the events are written, but some input could not be read; standard error names it"},
			{Condition, "the events are written, and a condition of --fail-on holds"},
			{Interrupted, "interrupted before every output was complete"},
		},
	}
}

func runEvents(ctx context.Context, env Env, args []string) (int, error) {
	var o eventsFlags
	fs := o.set()
	if helped, err := parseFlags(env, fs, args, "events", eventsPage); helped || err != nil {
		return OK, err
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
	asked, err := connect(ctx, env, p)
	if err != nil {
		return 0, err
	}
	defer asked.done()
	if p.dryRun {
		return dryRun(ctx, p.quieted(env), opened, p.ingest, nil)
	}
	code, err := o.run(ctx, env, p, opened)
	if err == nil {
		asked.tell(p.quieted(env).Stderr)
	}
	return code, err
}

// run reads the sources, writes the events, and returns the exit code.
func (o *eventsFlags) run(ctx context.Context, env Env, p *plan, opened *opened) (int, error) {
	if env.Stdout == (closedStream{}) && len(p.conditions) > 0 {
		env.Stdout = io.Discard // the exit code is the answer
	}
	targets, err := openTargets(env, p)
	if err != nil {
		return 0, err
	}
	defer targets.close()
	p.ingest.Listed = targets.places.spareListed

	stderr := env.Stderr
	env = p.quieted(env)
	warnExpired(env.Stderr, p.aggregate.Select)
	found, err := o.read(ctx, env, p, opened)
	if err != nil {
		return 0, err
	}
	defer found.records.Close()
	held := heldConditions(p.conditions, &findings{found.result, nil})
	code := exitCode(held, found.result)
	err = targets.writeAll(code, func(w io.Writer, t *target, _ bool) error {
		return events.Write(w, events.Format(t.format), found.walk, events.Options{Color: t.color, Meta: found.meta()})
	})
	if err != nil {
		return 0, err
	}
	warnFailed(env.Stderr, &found.result.Coverage)
	warnMissing(env.Stderr, found.result)
	if held != "" {
		complain(stderr, "fail-on", errors.New(held))
	}
	return code, nil
}
