//go:build unix

package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func namesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A pending file is hidden and for its owner alone, until it is complete. Then it has
// the permissions that it will have.
func TestPendingFile(t *testing.T) {
	dir := t.TempDir()
	mode := func(name string) fs.FileMode {
		t.Helper()
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	write := func(place string) *pendingFile {
		t.Helper()
		p, err := newPendingFile(place)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Dir(p.Name()) != dir || filepath.Base(p.Name())[0] != '.' || mode(p.Name()) != 0o600 {
			t.Errorf("%s has mode %v", p.Name(), mode(p.Name()))
		}
		if _, err := p.WriteString("new"); err != nil {
			t.Fatal(err)
		}
		if err := p.finish(); err != nil {
			t.Fatal(err)
		}
		if err := p.publish(); err != nil {
			t.Fatal(err)
		}
		p.remove() // too late
		return p
	}
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	place := filepath.Join(dir, "report.json")
	write(place)
	if mode(place) != 0o640 {
		t.Errorf("a new file has mode %v", mode(place))
	}
	if err := os.Chmod(place, 0o604); err != nil {
		t.Fatal(err)
	}
	write(place)
	if mode(place) != 0o604 {
		t.Errorf("a replaced file has mode %v", mode(place))
	}
	long := filepath.Join(dir, strings.Repeat("x", 250)+".json")
	write(long)
	if got := namesIn(t, dir); len(got) != 2 {
		t.Errorf("left %q", got)
	}
	if now := syscall.Umask(0o027); now != 0o027 {
		t.Errorf("the umask is %o", now)
	}
}

// What a killed run left is removed. What another run writes is not, and neither is
// anything that only looks similar.
func TestRemoveAbandoned(t *testing.T) {
	dir := t.TempDir()
	place := filepath.Join(dir, "report.json")
	running, err := newPendingFile(place)
	if err != nil {
		t.Fatal(err)
	}
	defer running.remove()
	keep := []string{
		filepath.Base(running.Name()),
		".report.json.trail403-", ".report.json.trail403-12a", ".report.json.trail403-12.bak", ".report.json123",
		".report.md.trail403-12", "report.json.trail403-12", ".trail403-12",
	}
	for _, name := range append(slices.Clone(keep[1:]), ".report.json.trail403-1", ".report.json.trail403-22") {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// These have such a name, and a run left none of them.
	for name, create := range map[string]func(path string) error{
		".report.json.trail403-3": func(path string) error { return os.Symlink("report.json", path) },
		".report.json.trail403-4": func(path string) error { return os.Mkdir(path, 0o755) },
		".report.json.trail403-5": func(path string) error { return syscall.Mkfifo(path, 0o600) },
	} {
		if err := create(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		keep = append(keep, name)
	}
	second, err := newPendingFile(place)
	if err != nil {
		t.Fatal(err)
	}
	second.remove()
	slices.Sort(keep)
	if got := namesIn(t, dir); !slices.Equal(got, keep) {
		t.Errorf("left %q, want %q", got, keep)
	}
}

// A run that was interrupted publishes nothing. One that has published everything is
// not interrupted any more.
func TestFilesEnd(t *testing.T) {
	dir := t.TempDir()
	f := &files{}
	for _, name := range []string{"a", "b"} {
		if _, err := f.create(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if _, complete := f.end(); complete {
		t.Error("complete before anything is written")
	}
	if err := f.publish(true, OK); err == nil {
		t.Error("published after the end")
	}
	if _, err := f.create(filepath.Join(dir, "c")); err == nil {
		t.Error("created after the end")
	}
	if got := namesIn(t, dir); len(got) > 0 {
		t.Errorf("left %q", got)
	}

	f = &files{}
	if _, err := f.create(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	if err := f.publish(true, Incomplete); err != nil {
		t.Fatal(err)
	}
	if code, complete := f.end(); !complete || code != Incomplete {
		t.Errorf("code %d, complete %v", code, complete)
	}
	if got := namesIn(t, dir); !slices.Equal(got, []string{"a"}) {
		t.Errorf("left %q", got)
	}
}
