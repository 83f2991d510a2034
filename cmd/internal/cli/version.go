package cli

import (
	"context"
	"fmt"
	"runtime/debug"
)

func versionPage() page {
	return page{
		about:     "Prints the version of trail403, and of the Go that built it.\n",
		examples:  "  trail403 version\n",
		exits:     simple,
		arguments: none,
	}
}

// version is set by the build of a release: -ldflags "-X …cli.version=v1.2.3".
var version string

func runVersion(_ context.Context, env Env, args []string) (int, error) {
	if wantsHelp(args) {
		return OK, versionPage().print(env.Stdout, "version")
	}
	if len(args) > 0 {
		return 0, takesNone("version")
	}
	own, goVersion := versions()
	if _, err := fmt.Fprintf(env.Stdout, "trail403 %s, built with %s\n", own, goVersion); err != nil {
		return 0, writingStdout(err)
	}
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
