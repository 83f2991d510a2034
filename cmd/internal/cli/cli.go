// Package cli is the command line: commands, flags, messages and exit codes.
// All of the operating system, the clock and the terminal is here; the packages
// below it get what they need as values.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"trail403/ingest/source/retry"
)

// Env is the world as a command sees it.
type Env struct {
	Args   []string // without the program's name
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Now    func() time.Time
	// IsTerminal says whether a stream is a terminal.
	IsTerminal func(stream any) bool
	// TerminalWidth is how many columns a stream has that is a terminal, else 0.
	TerminalWidth func(stream any) int
	// Getenv returns a variable of the environment, "" if it is not set.
	Getenv func(name string) string
	// Retry and Stall say how patient to be with a network; zero is the default.
	Retry retry.Policy
	Stall time.Duration
}

// System returns the world of this process.
func System() Env {
	return Env{
		Args:   os.Args[1:],
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Now:    time.Now,

		IsTerminal:    isTerminal,
		TerminalWidth: terminalWidth,
		Getenv:        os.Getenv,
	}
}

// Exit codes, as in the help of every command. Where several hold, the first of
// Interrupted, Failed, Usage, Condition, Incomplete, OK is the one.
const (
	OK          = 0
	Failed      = 1
	Usage       = 2
	Incomplete  = 3   // the report is written, but some input could not be read
	Condition   = 4   // the report is written, and a condition of --fail-on holds
	Interrupted = 130 // as shells report a process that SIGINT ended
)

// command is one of trail403's commands. run returns the exit code of a command
// that did its work; an error is Failed, or Usage for a usageError.
type command struct {
	name, summary string
	run           func(ctx context.Context, env Env, args []string) (int, error)
	page          func() page
}

func commands() []command {
	return []command{
		{"report", "analyse CloudTrail files and write a report", runReport, reportPage},
		{"explain", "explain access denied messages and records", runExplain, explainPage},
		{"completion", "print the completions for a shell", runCompletion, completionPage},
		{"man", "print the manual page", runMan, manPage},
		{"version", "print the version", runVersion, versionPage},
		{"help", "explain a command", runHelp, helpPage},
	}
}

func commandNames() (all []choice) {
	for _, c := range commands() {
		all = append(all, choice{c.name, c.summary})
	}
	return all
}

// Run runs the command that env asks for and returns the exit code. It returns
// soon after ctx ends.
func Run(ctx context.Context, env Env) int {
	code, err := run(ctx, env)
	if ctx.Err() != nil {
		fmt.Fprintln(env.Stderr, "trail403: interrupted")
		return Interrupted
	}
	if err == nil {
		return code
	}
	code = Failed
	var usage usageError
	if errors.As(err, &usage) {
		code = Usage
	}
	complain(env.Stderr, "error", err)
	return code
}

func run(ctx context.Context, env Env) (int, error) {
	if len(env.Args) == 0 {
		overview(env.Stderr)
		return Usage, nil
	}
	name, args := env.Args[0], env.Args[1:]
	switch name {
	case "-h", "--help":
		name = "help"
	case "-V", "--version":
		name = "version"
	case completeCommand:
		return complete(env.Stdout, args)
	}
	for _, c := range commands() {
		if c.name == name {
			return c.run(ctx, env, args)
		}
	}
	return 0, usagef("unknown command %q", name).hint("the commands are %s; see `trail403 help`", strings.Join(values(commandNames()), ", "))
}

// usageError says that the command line is wrong.
type usageError struct{ hintedError }

// hintedError is an error with advice on what to do.
type hintedError struct {
	error
	hints []string
}

func (e hintedError) Unwrap() error { return e.error }

func usagef(format string, args ...any) usageError {
	return usageError{hintedError{error: fmt.Errorf(format, args...)}}
}

func (e usageError) hint(format string, args ...any) usageError {
	e.hints = append(e.hints, fmt.Sprintf(format, args...))
	return e
}

// complain prints an error or warning in the one form that all have: lower case,
// no full stop, hints on lines of their own. Names of files are hostile text.
func complain(w io.Writer, kind string, err error) {
	fmt.Fprintf(w, "trail403: %s: %s\n", kind, printable(err.Error()))
	var usage usageError
	var hinted hintedError
	if errors.As(err, &usage) {
		hinted = usage.hintedError
	} else {
		errors.As(err, &hinted)
	}
	for _, h := range hinted.hints {
		fmt.Fprintf(w, "trail403: hint: %s\n", printable(h))
	}
}

// printable shows characters that act on a terminal as escapes.
func printable(s string) string {
	var b strings.Builder
	for _, c := range s {
		if isPrintable(c) {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, "%q", c)
		}
	}
	return b.String()
}
