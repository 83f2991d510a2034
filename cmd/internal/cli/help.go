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
			c.page().print(env.Stdout, c.name)
			return OK, nil
		}
	}
	return 0, usagef("unknown command %q", args[0]).hint("`trail403 help` lists the commands")
}

func helpPage() page {
	return page{
		usage:     "[COMMAND]",
		about:     "Explains a command, or lists the commands.\n",
		examples:  "  trail403 help\n  trail403 help report\n",
		exits:     leaf,
		arguments: commandNames,
	}
}

func versionPage() page {
	return page{
		about:     "Prints the version of trail403 and of the Go that built it.\n",
		examples:  "  trail403 version\n",
		exits:     leaf,
		arguments: none,
	}
}

// version is set by the build of a release: -ldflags "-X …cli.version=v1.2.3".
var version string

func runVersion(_ context.Context, env Env, args []string) (int, error) {
	if len(args) == 1 && (args[0] == "-h" || args[0] == "--help") {
		versionPage().print(env.Stdout, "version")
		return OK, nil
	}
	if len(args) > 0 {
		return 0, usagef("version takes no arguments")
	}
	v, goVersion := versions()
	fmt.Fprintf(env.Stdout, "trail403 %s, built with %s\n", v, goVersion)
	return OK, nil
}

// versions returns those of the program and of the Go that built it.
func versions() (own, goVersion string) {
	own, goVersion = version, "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
		if own == "" {
			own = info.Main.Version
		}
	}
	if own == "" {
		own = "(devel)"
	}
	return own, goVersion
}
