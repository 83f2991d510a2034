package cli

import (
	"io"
	"os/exec"
	"strings"
	"testing"
)

// Text that is longer than the screen goes through the pager, the headline first. All
// else is printed, with the headline last.
func TestPager(t *testing.T) {
	type world struct {
		height  int
		pager   string // PAGER
		dumb    bool
		missing bool // there is no such program
	}
	run := func(w world, args ...string) (printed, paged, pager string) {
		t.Helper()
		env, out, errs := testEnv(append([]string{"report", "../../../testdata/demo"}, args...)...)
		env.IsTerminal = func(stream any) bool { return stream == env.Stdout }
		env.TerminalWidth = func(any) int { return 100 }
		env.TerminalHeight = func(any) int { return w.height }
		env.Getenv = func(name string) string {
			switch {
			case name == "PAGER":
				return w.pager
			case name == "TERM" && w.dumb:
				return "dumb"
			}
			return ""
		}
		env.Page = func(name string, text io.Reader) error {
			if w.missing {
				return exec.ErrNotFound
			}
			all, err := io.ReadAll(text)
			paged, pager = string(all), name
			return err
		}
		if code := Run(t.Context(), env); code != OK || errs.Len() > 0 {
			t.Fatalf("%v: exit code %d, %s", args, code, errs)
		}
		return out.String(), paged, pager
	}
	headFirst := func(s string) bool { return strings.Contains(s[:min(len(s), 200)], "━━") }

	printed, paged, pager := run(world{height: 50})
	if printed != "" || !headFirst(paged) || pager != "less" || !strings.Contains(paged, "This is the end of the report.") {
		t.Errorf("with %q, printed %.100q, paged %.300q", pager, printed, paged)
	}
	if _, _, pager := run(world{height: 50, pager: "most -s"}); pager != "most -s" {
		t.Errorf("got pager %q", pager)
	}
	plain, paged, _ := run(world{height: 50, pager: "cat"})
	if headFirst(plain) || paged != "" || plain == "" {
		t.Errorf("PAGER=cat: printed %.100q", plain)
	}
	for name, w := range map[string]world{
		"a high screen": {height: 10_000}, "no height": {}, "a dumb terminal": {height: 50, dumb: true},
		"no such pager": {height: 50, missing: true},
	} {
		if printed, paged, _ := run(w); printed != plain && !w.dumb || paged != "" || headFirst(printed) {
			t.Errorf("%s: printed %.100q, paged %.100q", name, printed, paged)
		}
	}
	for _, args := range [][]string{{"--no-pager"}, {"--format", "markdown"}, {"-o", t.TempDir() + "/x.txt", "-o", "-", "--no-pager"}} {
		if _, paged, _ := run(world{height: 50}, args...); paged != "" {
			t.Errorf("%v: paged %.100q", args, paged)
		}
	}
}
