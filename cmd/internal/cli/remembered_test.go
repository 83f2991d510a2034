package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"trail403/aggregate"
)

// What a report names can be completed after it, if somebody is at a terminal. Nobody
// else can read it, and nothing of it is needed.
func TestRemembered(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "trail403", "names")
	cache := func() (string, error) { return dir, nil }
	complete := func(words ...string) (list []string) {
		var out bytes.Buffer
		if _, err := commands().complete(Env{Stdout: &out, CacheDir: cache}, words); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			value, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
			list = append(list, value)
		}
		return list
	}
	report := func(isTerminal bool, cache func() (string, error)) {
		env, _, errs := testEnv("report", "-o", filepath.Join(t.TempDir(), "r.md"), "../../../testdata/demo")
		env.CacheDir, env.IsTerminal = cache, func(any) bool { return isTerminal }
		if code := Run(context.Background(), env); code != OK {
			t.Fatalf("exit code %d: %s", code, errs)
		}
	}
	report(false, cache)
	if _, err := os.Stat(name); err == nil || len(complete("events", "--group", "g-")) > 0 {
		t.Error("a job without a terminal left names")
	}
	report(true, func() (string, error) { return "", errors.New("no home") })
	report(true, func() (string, error) { return "/dev/null/x", nil })
	report(true, cache)
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the names: %v, %v", info.Mode(), err)
	}
	for _, words := range [][]string{
		{"events", "--incident", "i-a4825a681f58"}, {"report", "--bucket", "corp-data"}, {"why", "--principal", "thumbnailer"},
		{"events", "--group=g-98d832497fba"},
	} {
		if got := complete(words...); !slices.Equal(got, words[len(words)-1:]) {
			t.Errorf("%q is completed with %q", words, got)
		}
	}
}

// A name that a shell could take for anything but a word is not remembered, nor taken
// from a file that somebody else changed.
func TestRememberedHostile(t *testing.T) {
	bad := []string{"$(id)", "`id`", "a b", "a;b", "a\tb", "a\nbucket\tforged\t", "-rf", "", "a:b", strings.Repeat("x", 200), "\x1b[31m"}
	r := &aggregate.Result{}
	for _, name := range append(bad, "good") {
		r.Groups = append(r.Groups, aggregate.Group{ID: "g-1", Principal: "arn:aws:iam::1:user/" + name, Action: name, Bucket: name})
	}
	names := namesOf(r)
	if got := strings.Count(names, "\n"); got != 3 || !strings.Contains(names, "bucket\tgood\t\n") {
		t.Errorf("the names are %q", names)
	}
	dir := t.TempDir()
	os.Mkdir(filepath.Join(dir, "trail403"), 0o700)
	file := "bucket\t" + strings.Join(bad, "\t\nbucket\t") + "\t\nbucket\tgood\t\x1b[31mred\n"
	if err := os.WriteFile(filepath.Join(dir, "trail403", "names"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	got := remembered(Env{CacheDir: func() (string, error) { return dir, nil }}, "bucket")
	if want := []choice{{"good", `\x1b[31mred`}}; !slices.Equal(got, want) {
		t.Errorf("remembered are %q", got)
	}
}
