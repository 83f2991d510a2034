package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// module is the path of the module, which a copy of the project may have changed.
var module = strings.TrimSuffix(reflect.TypeFor[Env]().PkgPath(), "/cmd/internal/cli")

// make rename gives the module another path, in a copy of the sources. Every import must be
// found afterward: of the program, and of all tests.
func TestMakeRename(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: it runs other programs, and the race detector finds nothing in it")
	}
	dir := t.TempDir()
	for _, name := range filesLike(t, "Makefile", "go.mod", "go.sum") {
		text := readText(t, name)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, folder := range []string{"cmd", "ingest", "aggregate", "report", "testdata"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(projectRoot, folder))); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %.2000s", cmd, err, out)
		}
		return string(out)
	}
	if out, err := exec.Command("make", "-C", dir, "rename").CombinedOutput(); err == nil {
		t.Errorf("without MODULE, it says %s", out)
	}
	run("make", "rename", "MODULE=example.org/you/trail403")
	if got := run("go", "list", "-m"); got != "example.org/you/trail403\n" {
		t.Errorf("the module is %s", got)
	}
	packages := run("go", "list", "-deps", "-test", "./...", "./testdata", "./testdata/gen", "./testdata/bench")
	if !strings.Contains(packages, "example.org/you/trail403/ingest/event\n") {
		t.Error("no package has the new path")
	}
	for line := range strings.Lines(packages) {
		if strings.HasPrefix(line, module+"/") {
			t.Errorf("%s has the old path", strings.TrimSpace(line))
		}
	}
	run("gofmt", "-l", "cmd/trail403")
}
