package cli

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// make install puts everything below DESTDIR and PREFIX, complete and readable for all.
func TestMakeInstall(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: it builds the program, and the race detector finds nothing in it")
	}
	dest := t.TempDir()
	make := exec.Command("make", "-C", projectRoot, "install", "DESTDIR="+dest, "PREFIX=/opt/x")
	if out, err := make.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got []string
	err := filepath.WalkDir(dest, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && (info.Size() == 0 || info.Mode().Perm()&0o444 != 0o444) {
			t.Errorf("%s has %d bytes and mode %v", path, info.Size(), info.Mode())
		}
		name, _ := filepath.Rel(dest, path)
		got = append(got, name)
		return err
	})
	want := []string{
		"opt/x/bin/trail403",
		"opt/x/share/bash-completion/completions/trail403",
		"opt/x/share/fish/vendor_completions.d/trail403.fish",
		"opt/x/share/man/man1/trail403.1",
		"opt/x/share/zsh/site-functions/_trail403",
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v: got %q, want %q", err, got, want)
	}
	installed := exec.Command(dest+"/opt/x/bin/trail403", "version")
	installed.Env = []string{}
	if out, err := installed.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if _, err := os.Stat(dest + "/usr"); err == nil {
		t.Error("something is outside PREFIX")
	}
}
