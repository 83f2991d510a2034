//go:build unix

package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"trail403/ingest/source"
)

// What can go wrong in a folder: each is named, and the rest is read.
func TestOddTree(t *testing.T) {
	root := tree(t, "good.json", trail(denied("a")), "folder/good.json.gz", gz(trail(denied("b"))), "cut.json.gz", gz(trail(denied("c")))[:50])
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("nowhere", "dangling")
	link("loop", "loop")
	link("..", "folder/up")
	link("folder", "again")
	link("good.json", "same")
	if err := syscall.Mkfifo(filepath.Join(root, "fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	failed := map[string]string{
		"cut.json.gz": "gzip stream ends early",
		"dangling":    "no such file",
		"fifo":        "not a regular file",
		"loop":        "too many levels of symbolic links",
	}
	if _, err := os.Stat("/proc/self/mem"); err == nil {
		link("/proc/self/mem", "mem")
		failed["mem"] = "cannot read: input/output error"
	}
	if os.Geteuid() != 0 { // who may read everything
		if err := os.Mkdir(filepath.Join(root, "closed"), 0); err != nil {
			t.Fatal(err)
		}
		failed["closed"] = "permission denied"
	}
	c, ids := run(t, Options{}, source.Local{Path: root})
	// Links lead to nothing that is not read without them.
	if got := strings.Join(ids, " "); got != "a b" || c.Objects.Read != 2 {
		t.Errorf("got %s: %s", result(c), got)
	}
	if len(c.Failures) != len(failed) {
		t.Errorf("got %v, want %v", c.Failures, failed)
	}
	for _, f := range c.Failures {
		name, _ := filepath.Rel(root, f.Object)
		if want, ok := failed[name]; !ok || !strings.Contains(f.Err.Error(), want) || strings.Contains(f.Err.Error(), root) {
			t.Errorf("%s: got %q, want %q", name, f.Err.Error(), want)
		}
	}
}
