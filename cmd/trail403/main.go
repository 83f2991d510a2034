// Command trail403 finds out from CloudTrail who S3 is denying access, to which
// buckets, under which policy, and since when.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"trail403/cmd/internal/cli"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50) // a seventh less memory, and no more time by the clock
	}
	// The signals stay caught to the end: one that comes last must not change the exit
	// code of a run that is complete.
	ctx, _ := signal.NotifyContext(context.Background(), endingSignals()...)
	os.Exit(cli.Run(ctx, cli.System()))
}

// endingSignals returns the signals that end a run, which removes what it has not
// completed. A run that was started to ignore SIGHUP or SIGINT, as nohup does, keeps
// ignoring them.
func endingSignals() []os.Signal {
	signals := []os.Signal{syscall.SIGTERM}
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			signals = append(signals, s)
		}
	}
	return signals
}
