// Package cli is the command line: commands, flags, messages and exit codes. It alone
// knows the operating system, the clock and the terminal; the packages below it get
// what they need as values. A run of `trail403 report` takes these steps:
//
//  1. flags.go defines the flags. plan.go turns flags and arguments into one plan,
//     with the options of every package.
//  2. sources.go opens the sources.
//  3. targets.go opens the places for reports. places.go makes sure that no report
//     replaces what the run reads. pending.go makes sure that a report is complete or
//     not there.
//  4. analyze.go reads the sources and builds the result. against.go compares it with an
//     earlier one.
//  5. targets.go writes the reports, and files.go publishes them.
//
// cli.go runs each command, and ends it on a signal. A file uses only files that come
// before it in this order: errors, lists, terminal, closed, lock, pending, files, env,
// pager, page, command, formats, bytesize, span, found, thresholds, conditions, flags, times,
// selection, earlier, outputs, plan, places, targets, sources, meter, progress, limits,
// dryrun, analyze, against, report, demo, why, compare, explain and its parts, redact, candidates, completion,
// version, mcp, man, help, commands, cli.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Run runs the command that env asks for and returns the exit code. It returns soon
// after ctx ends, even if the command waits for something that never comes.
func Run(ctx context.Context, env Env) int {
	env.files = &files{}
	type outcome struct {
		code int
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		code, err := run(ctx, env)
		done <- outcome{code, err}
	}()
	select {
	case out := <-done:
		return finish(ctx, env, out.code, out.err)
	case <-ctx.Done():
	}
	// A pager gets the interrupt, too, and does what it likes. It has the terminal until
	// its reader leaves it.
	if paged := env.files.paged(); paged != nil {
		<-paged
	}
	// Usually the command ends by itself now. A system call that waits does not.
	select {
	case out := <-done:
		return finish(ctx, env, out.code, out.err)
	case <-time.After(grace):
	}
	if code, complete := env.files.end(); complete {
		return code
	}
	return interrupted(env)
}

// grace is how long a command may take to end by itself after a signal.
const grace = 250 * time.Millisecond

// finish returns the exit code of a command that has returned. One that was
// interrupted may have done all of its work before.
func finish(ctx context.Context, env Env, code int, err error) int {
	switch {
	case err == nil:
		return code
	case ctx.Err() != nil:
		return interrupted(env)
	}
	complain(env.Stderr, "error", err)
	var usage usageError
	if errors.As(err, &usage) {
		return Usage
	}
	return Failed
}

// interrupted says that the run was interrupted, unless nobody reads that.
func interrupted(env Env) int {
	said := make(chan struct{})
	go func() {
		defer close(said)
		fmt.Fprintln(env.Stderr, "trail403: interrupted")
	}()
	select {
	case <-said:
	case <-time.After(grace):
	}
	return Interrupted
}

func run(ctx context.Context, env Env) (int, error) {
	list := commands()
	if len(env.Args) == 0 {
		_, err := io.WriteString(env.Stderr, list.overview())
		return Usage, err
	}
	name, args := env.Args[0], env.Args[1:]
	switch name {
	case "-h", "--help":
		name = "help"
	case "-V", "--version":
		name = "version"
	case completeCommand:
		return list.complete(env, args)
	}
	if c := list.find(name); c != nil {
		return c.run(ctx, env, args)
	}
	return 0, list.unknown(name)
}
