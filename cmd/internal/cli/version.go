package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/pflag"
)

// versionFlags returns the flags of `trail403 version`.
func versionFlags(asJSON *bool) *pflag.FlagSet {
	fs := pflag.NewFlagSet("version", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.Usage = func() {}
	fs.BoolVar(asJSON, "json", false, "write a JSON object for programs")
	return fs
}

func versionPage() page {
	return page{
		usage: "[flags]",
		about: `Prints the version of trail403, the commit that it was built from, the Go that
built it, and the system that it was built for. A commit is followed by "modified"
if the source code differed from it.
`,
		flags:     versionFlags(new(bool)),
		examples:  "  trail403 version\n  trail403 version --json\n",
		exits:     simple,
		arguments: none,
	}
}

// version is set by the build of a release: -ldflags "-X …cli.version=v1.2.3".
var version string

// build says what this program is. What the build did not record is empty, or null in
// JSON.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Date     string `json:"date"` // of the commit
	Modified *bool  `json:"modified"`
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

// thisBuild returns what Go recorded in the program.
func thisBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return buildOf(info, version)
}

// buildOf reads what Go recorded. released is the version that the build of a release set.
func buildOf(info *debug.BuildInfo, released string) build {
	b := build{
		Version: cmp.Or(released, info.Main.Version, "(devel)"),
		Go:      cmp.Or(info.GoVersion, runtime.Version()),
		OS:      runtime.GOOS,
		Arch:    runtime.GOARCH,
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		case "vcs.modified":
			modified := s.Value == "true"
			b.Modified = &modified
		}
	}
	return b
}

// String returns three lines for people.
func (b build) String() string {
	commit := "commit not recorded"
	if b.Commit != "" {
		commit = "commit " + b.Commit
	}
	if t, err := time.Parse(time.RFC3339, b.Date); err == nil {
		commit += " of " + t.UTC().Format("2006-01-02 15:04 UTC")
	}
	if b.Modified != nil && *b.Modified {
		commit += ", modified"
	}
	return fmt.Sprintf("trail403 %s\n%s\nbuilt with %s for %s/%s\n", b.Version, commit, b.Go, b.OS, b.Arch)
}

// day returns the day of the commit, or "".
func (b build) day() string {
	if t, err := time.Parse(time.RFC3339, b.Date); err == nil {
		return t.UTC().Format(time.DateOnly)
	}
	return ""
}

func runVersion(_ context.Context, env Env, args []string) (int, error) {
	var asJSON bool
	fs := versionFlags(&asJSON)
	if helped, err := parseFlags(env, fs, args, "version", versionPage); helped || err != nil {
		return OK, err
	}
	if fs.NArg() > 0 {
		return 0, takesNone("version")
	}
	text := []byte(thisBuild().String())
	if asJSON {
		var out bytes.Buffer
		if err := json.NewEncoder(&out).Encode(thisBuild()); err != nil {
			return 0, err
		}
		text = out.Bytes()
	}
	if _, err := env.Stdout.Write(text); err != nil {
		return 0, writingStdout(err)
	}
	return OK, nil
}
