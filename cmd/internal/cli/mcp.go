package cli

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"trail403/cmd/internal/assistant"
)

// mcpFlags are the flags of report that the operator of a server sets for all tools.
var mcpFlags = []string{"policies", "exclude", "error-code", "aws-region", "profile", "region", "endpoint-url",
	"request-payer"}

func mcpPage() page {
	return page{
		usage: "[flags] SOURCE...",
		about: `Serves the tools report, events, why and explain to an assistant, by the Model
Context Protocol over standard input and output. The tools read only the SOURCES
that are named here, as report does, and write nothing. Answers are bounded, and
what comes from logs is marked as data. It ends when its input does.
`,
		flags: new(reportFlags).some("mcp", mcpFlags),
		examples: `  trail403 mcp ./AWSLogs
  trail403 mcp --profile audit s3://my-trail-bucket/AWSLogs/
`,
		exits: []exit{
			{OK, "the client ended the session"},
			{Failed, "failed"},
			{Usage, "wrong usage"},
			{Interrupted, "interrupted"},
		},
	}
}

func runMCP(ctx context.Context, env Env, args []string) (int, error) {
	var o reportFlags
	fs := o.some("mcp", mcpFlags)
	if helped, err := parseFlags(env, fs, args, "mcp", mcpPage); helped || err != nil {
		return OK, err
	}
	sources := fs.Args()
	for _, s := range sources {
		if s == "-" {
			return 0, usagef("standard input cannot be a SOURCE of mcp").hint("the client talks to the server over it")
		}
	}
	// What is wrong with the flags and sources is found now, and not by the first tool.
	p, err := o.plan(env, sources)
	if err != nil {
		return 0, err
	}
	opened, err := openSources(env, p)
	if err != nil {
		return 0, err
	}
	opened.close()
	err = assistant.Serve(ctx, env.Stdin, env.Stdout, assistant.Options{
		Version: thisBuild().Version,
		Sources: sources,
		Flags:   toolFlags(fs),
		Run:     env.runTool,
	})
	return OK, err
}

// toolFlags returns the flags that were given, for each command that has them.
func toolFlags(given *pflag.FlagSet) map[string][]string {
	flags := map[string][]string{}
	sets := map[string]*pflag.FlagSet{
		"report": new(reportFlags).set(), "events": new(eventsFlags).set(),
		"why": whyPage().flags, "explain": new(explainOptions).flags(),
	}
	for command, set := range sets {
		given.Visit(func(f *pflag.Flag) {
			if set.Lookup(f.Name) == nil {
				return
			}
			values := []string{f.Value.String()}
			if list, ok := f.Value.(pflag.SliceValue); ok {
				values = list.GetSlice()
			}
			for _, v := range values {
				flags[command] = append(flags[command], "--"+f.Name+"="+v)
			}
		})
	}
	return flags
}

// runTool runs a command for a tool. Nothing of it is on a terminal, and its standard input
// is a text.
func (env Env) runTool(ctx context.Context, args []string, stdin string) assistant.Outcome {
	run := map[string]func(context.Context, Env, []string) (int, error){
		"report": runReport, "events": runEvents, "why": runWhy, "explain": runExplain,
	}[args[0]]
	var out, messages bytes.Buffer
	env.files = &files{}
	env.Stdin, env.Stdout, env.Stderr = strings.NewReader(stdin), &out, &messages
	env.IsTerminal = func(any) bool { return false }
	env.TerminalWidth = func(any) int { return 0 }
	if run == nil {
		return assistant.Outcome{Code: Usage, Messages: "no command " + strconv.Quote(args[0])}
	}
	code, err := run(ctx, env, args[1:])
	if err != nil {
		complain(&messages, "error", err)
		code = Failed
		var usage usageError
		if errors.As(err, &usage) {
			code = Usage
		}
	}
	return assistant.Outcome{Code: code, Output: out.String(), Messages: messages.String()}
}
