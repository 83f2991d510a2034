package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// On a terminal the report is text as wide as the terminal, with colour; all can
// be had otherwise.
func TestReportOnTerminal(t *testing.T) {
	type world struct {
		terminal bool
		width    int
		vars     map[string]string
	}
	run := func(w world, args ...string) string {
		t.Helper()
		env, out, errs := testEnv(append(append([]string{"report"}, args...), "../../../testdata/demo")...)
		env.IsTerminal = func(stream any) bool { return w.terminal && stream == env.Stdout }
		env.TerminalWidth = func(any) int { return w.width }
		env.Getenv = func(name string) string { return w.vars[name] }
		if code := Run(t.Context(), env); code != OK || errs.Len() > 0 {
			t.Fatalf("%v: exit code %d, %s", args, code, errs)
		}
		return out.String()
	}
	isText := func(s string) bool { return strings.HasPrefix(s, "── ") || strings.HasPrefix(s, "\x1b") }
	// A heading of level 2 is as wide as the page.
	width := func(s string) int {
		line, _, _ := strings.Cut(s, "\n")
		return uniseg.StringWidth(strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(line))
	}
	check := func(s string, text bool, columns int, color bool) {
		t.Helper()
		if isText(s) != text {
			t.Fatalf("text: %v, want %v", isText(s), text)
		}
		if text && width(s) != columns {
			t.Errorf("%d columns, want %d", width(s), columns)
		}
		if got := strings.Contains(s, "\x1b"); got != color {
			t.Errorf("colour: %v, want %v", got, color)
		}
	}
	tty := func(vars ...string) world {
		w := world{terminal: true, width: 132, vars: map[string]string{"TERM": "xterm"}}
		for i := 0; i < len(vars); i += 2 {
			w.vars[vars[i]] = vars[i+1]
		}
		return w
	}
	check(run(tty()), true, 132, true)
	check(run(tty(), "-o", "-"), true, 132, true)
	check(run(tty("COLUMNS", "50")), true, 132, true) // the terminal knows better
	check(run(tty("NO_COLOR", "1")), true, 132, false)
	check(run(tty("NO_COLOR", "")), true, 132, true)
	check(run(tty("TERM", "dumb")), true, 132, false)
	check(run(tty(), "--color", "never"), true, 132, false)
	check(run(tty("NO_COLOR", "1"), "--color=always"), true, 132, true)
	check(run(tty(), "--format", "markdown"), false, 0, false)
	check(run(tty(), "--format", "json"), false, 0, false)

	check(run(world{}), false, 0, false)
	check(run(world{}, "--color", "always"), false, 0, false)
	check(run(world{}, "--format", "text"), true, 80, false)
	check(run(world{vars: map[string]string{"COLUMNS": "100"}}, "--format", "text"), true, 100, false)
	check(run(world{vars: map[string]string{"COLUMNS": "0"}}, "--format", "text"), true, 80, false)
	check(run(world{vars: map[string]string{"COLUMNS": "x"}}, "--format", "text"), true, 80, false)
	check(run(world{}, "--format", "text", "--color", "always"), true, 80, true)

	// A file is no terminal, even where standard output is one.
	file := filepath.Join(t.TempDir(), "report.txt")
	w := tty()
	w.width = 0
	if out := run(w, "-o", file); out != "" {
		t.Errorf("wrote %q", out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	check(string(text), true, 80, false)
}
