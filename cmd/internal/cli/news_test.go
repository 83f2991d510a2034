package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The store remembers what was reported under a name: the same news come once, and again
// if the run ended before it was reported. Each name has its own.
func TestNews(t *testing.T) {
	_, half, complete := trailAndStore(t)
	report := func(want int, args ...string) string {
		t.Helper()
		return run1(t, want, append([]string{"report", "--quiet", "--fail-on", "news", "--from", "2026-10-01"}, args...)...)
	}
	if text := report(Condition, "--store", half, "--news", "hourly", "--format", "brief", "--only-news"); text == "" {
		t.Error("the first report is empty")
	}
	if text := report(OK, "--store", half, "--news", "hourly", "--format", "brief", "--only-news"); text != "" {
		t.Errorf("news without any: %s", text)
	}
	report(Condition, "--store", half, "--news", "weekly")

	// The store grows: the remembered report is that of the half.
	if err := os.Rename(filepath.Join(half, "told"), filepath.Join(complete, "told")); err != nil {
		t.Fatal(err)
	}
	failing := filepath.Join(t.TempDir(), "none", "report.md")
	env, _, _ := testEnv("report", "--store", complete, "--news", "hourly", "-o", failing)
	if code := Run(t.Context(), env); code != Failed {
		t.Errorf("exit code %d for a report that cannot be written", code)
	}
	text := report(Condition, "--store", complete, "--news", "hourly", "--format", "brief", "--only-news")
	if !strings.Contains(text, "Since the earlier report: ") {
		t.Errorf("no news: %s", text)
	}
	report(OK, "--store", complete, "--news", "hourly", "--format", "brief", "--only-news")

	// What cannot be read counts as not reported.
	for _, name := range []string{"00000003.json", "00000004.json"} {
		path := filepath.Join(complete, "told", "hourly", name)
		if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env, _, errs := testEnv("report", "--store", complete, "--news", "hourly", "--fail-on", "news")
	code := Run(t.Context(), env)
	if code != Condition || !strings.Contains(errs.String(), "so everything counts as news") {
		t.Errorf("exit code %d: %s", code, errs)
	}
	for _, args := range [][]string{
		{"--news", "x", "--fail-on", "news"}, {"--store", half, "--news", "a/b"},
		{"--store", half, "--news", "x", "--against-window", "1d", "--since", "1d"},
	} {
		report(Usage, args...)
	}
}
