package cli

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
)

func overview(w io.Writer) {
	fmt.Fprint(w, `trail403 reads CloudTrail and says to whom S3 says 403 (access denied), on what,
because of which policy, and since when.

Usage:
  trail403 report [flags] SOURCE...
  trail403 explain [flags] [MESSAGE...]

Commands:
`)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, `
'trail403 help COMMAND' explains a command, its flags, examples and exit codes.
`)
}

func runHelp(_ context.Context, env Env, args []string) (int, error) {
	if len(args) > 1 {
		return 0, usagef("help takes one command").hint("try `trail403 help report`")
	}
	if len(args) == 0 {
		overview(env.Stdout)
		return OK, nil
	}
	for _, c := range commands() {
		if c.name == args[0] {
			c.help(env.Stdout)
			return OK, nil
		}
	}
	return 0, usagef("unknown command %q", args[0]).hint("`trail403 help` lists the commands")
}

func helpHelp(w io.Writer) {
	fmt.Fprint(w, `Usage: trail403 help [COMMAND]

Explains a command, or lists the commands.

Examples:
  trail403 help
  trail403 help report

Exit codes:
  0  done
  2  wrong usage
`)
}

func versionHelp(w io.Writer) {
	fmt.Fprint(w, `Usage: trail403 version

Prints the version of trail403 and of the Go that built it.

Examples:
  trail403 version

Exit codes:
  0  done
  2  wrong usage
`)
}

// version is set by the build of a release: -ldflags "-X …cli.version=v1.2.3".
var version string

func runVersion(_ context.Context, env Env, args []string) (int, error) {
	if len(args) == 1 && (args[0] == "-h" || args[0] == "--help") {
		versionHelp(env.Stdout)
		return OK, nil
	}
	if len(args) > 0 {
		return 0, usagef("version takes no arguments")
	}
	v := version
	goVersion := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
		if v == "" {
			v = info.Main.Version
		}
	}
	if v == "" {
		v = "(devel)"
	}
	fmt.Fprintf(env.Stdout, "trail403 %s, built with %s\n", v, goVersion)
	return OK, nil
}
