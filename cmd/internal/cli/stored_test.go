package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// run1 runs a command and returns its standard output.
func run1(t *testing.T, wantCode int, args ...string) string {
	t.Helper()
	env, out, errs := testEnv(args...)
	if code := Run(t.Context(), env); code != wantCode {
		t.Fatalf("%q: exit code %d, want %d: %s", args, code, wantCode, errs)
	}
	return out.String()
}

// trailAndStore returns a copy of the demo archive, and a store with its first half and
// one with all of it, in two files.
func trailAndStore(t *testing.T) (trail, half, complete string) {
	t.Helper()
	dir := t.TempDir()
	trail, half, complete = filepath.Join(dir, "trail"), filepath.Join(dir, "half"), filepath.Join(dir, "complete")
	if err := os.CopyFS(trail, os.DirFS("../../../testdata/demo")); err != nil {
		t.Fatal(err)
	}
	run1(t, OK, "collect", "--store", half, "--shard", "0/2", trail)
	for _, shard := range []string{"1/2", "0/2"} {
		run1(t, OK, "collect", "--store", complete, "--shard", shard, trail)
	}
	return trail, half, complete
}

// A report from a store is that from the objects, byte for byte, also if they are gone:
// with any window that starts and ends with a day, and for any filter.
func TestStoreAnswersAsTheObjects(t *testing.T) {
	trail, half, complete := trailAndStore(t)
	asked := [][]string{
		{"report", "--format", "json"},
		{"report", "--format", "json", "--from", "2026-10-20"},
		{"report", "--format", "json", "--from", "2026-10-20", "--to", "2026-10-25", "--history", "0"},
		{"report", "--format", "json", "--bucket", "corp-*", "--by", "policy,principal"},
		{"report", "--format", "markdown", "--from", "2026-10-25", "--principal", "reader", "--suggest"},
		{"report", "--format", "json", "--from", "2026-10-25", "--against-window", "5d"},
		{"report", "--format", "json", "--request-id", "A*", "--session", "i-*"},
		{"events", "--format", "jsonl"},
		{"events", "--raw", "--from", "2026-10-28", "--bucket", "corp-data"},
		{"events", "-n", "5", "--reverse"},
		{"why", "--bucket", "corp-data", "--format", "json"},
	}
	want := make([]string, len(asked))
	for i, args := range asked {
		want[i] = run1(t, OK, append(slices.Clone(args), trail)...)
		if args[0] == "report" { // each event once
			if got := run1(t, OK, append(slices.Clone(args), "--store", half, trail)...); got != want[i] {
				t.Errorf("%q: another answer from half of the store and the trail", args)
			}
		}
	}
	if err := os.Rename(trail, trail+"-gone"); err != nil {
		t.Fatal(err)
	}
	for i, args := range asked {
		got := run1(t, OK, append(slices.Clone(args), "--store", complete, "--workers", "3")...)
		got = strings.ReplaceAll(got, "--store "+complete, trail)
		if got != want[i] {
			at := 0
			for at < min(len(got), len(want[i])) && got[at] == want[i][at] {
				at++
			}
			t.Errorf("%q: another answer from the store: …%.200q, want …%.200q", args,
				got[max(at-50, 0):], want[i][max(at-50, 0):])
		}
	}
}

// Where a window starts within a day, the coverage counts all of that day, and nothing
// else differs.
func TestStoreCountsCompleteDays(t *testing.T) {
	trail, _, complete := trailAndStore(t)
	window := []string{"--from", "2026-10-28T05:30:00Z", "--to", "2026-10-29T07:00:00Z"}
	got := runJSON(t, OK, append(slices.Clone(window), "--store", complete)...)
	want := runJSON(t, OK, append(slices.Clone(window), trail)...)
	if g, w := got.Coverage.Records["seen"], want.Coverage.Records["seen"]; g < w || g > 2*w {
		t.Errorf("%d records seen, and %d in the objects", g, w)
	}
	cut := func(r jsonReport) string {
		text := r.text[:strings.Index(r.text, `"coverage"`)]
		return text + r.text[strings.Index(r.text, `"totals"`):]
	}
	if cut(got) != cut(want) {
		t.Error("another answer from the store")
	}
}

// What a store cannot answer is wrong usage, and damage is named.
func TestStoreRefuses(t *testing.T) {
	_, half, _ := trailAndStore(t)
	for _, x := range []struct {
		want string
		args []string
	}{
		{"--access-key cannot be used with --store",
			[]string{"report", "--store", half, "--access-key", "AKIA1111111111111111"}},
		{"--error-code Odd cannot be used with --store", []string{"report", "--store", half, "--error-code", "Odd"}},
		{"--dry-run lists the objects of a SOURCE", []string{"events", "--store", half, "--dry-run"}},
		{"there is no store", []string{"report", "--store", filepath.Join(half, "none")}},
		{"the store lies inside of the SOURCE", []string{"report", "--store", half, filepath.Dir(half)}},
	} {
		env, _, errs := testEnv(x.args...)
		if code := Run(t.Context(), env); code == OK || !strings.Contains(errs.String(), x.want) {
			t.Errorf("%q: exit code %d: %s", x.args, code, errs)
		}
	}
	name := filepath.Join(half, "events", "00000001.parquet")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	env, _, errs := testEnv("events", "--store", half)
	if code := Run(t.Context(), env); code != Failed || !strings.Contains(errs.String(), "00000001.parquet: ") ||
		!strings.Contains(errs.String(), "the file is damaged") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

// A store of real trails answers as their objects do.
func TestStoreOfRealTrails(t *testing.T) {
	shared := os.Getenv("TRAIL403_SHARED")
	if shared == "" {
		t.Skip("TRAIL403_SHARED is not set: it names the folder with real-trails.tar.gz")
	}
	trail, name := filepath.Join(t.TempDir(), "trail"), filepath.Join(t.TempDir(), "store")
	untar(t, filepath.Join(shared, "real-trails.tar.gz"), trail)
	env, _, errs := testEnv("collect", "--store", name, trail)
	if code := Run(t.Context(), env); code != OK && code != Incomplete {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for _, args := range [][]string{
		{"report", "--format", "json"}, {"report", "--suggest", "--top", "0", "--format", "markdown"},
		{"events", "--raw"}, {"events", "--format", "csv"},
	} {
		want, got := runQuickly(append(args, trail)...), runQuickly(append(args, "--store", name)...)
		if want.stdout == "" || got.code != want.code || strings.ReplaceAll(got.stdout, "--store "+name, trail) != want.stdout {
			t.Errorf("%q: another answer from the store (exit codes %d and %d)", args, got.code, want.code)
		}
	}
	run1(t, OK, "store", "check", name)
}
