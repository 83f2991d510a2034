package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"trail403/ingest/source/s3/s3test"
)

func TestMain(m *testing.M) {
	testscript.Main(shared{m}, map[string]func(){
		"trail403": func() {
			env := System()
			env.Now = testNow
			os.Exit(Run(context.Background(), env))
		},
	})
}

// testNow is the time of all tests, weeks after the demo: what a report says of old
// data must not depend on when the tests run.
func testNow() time.Time { return time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC) }

const demoDir = "../../../testdata/demo"

// shared runs tests that have a program and a server of S3 in common. Linking the
// program takes longer than most tests, and so does the start of a server.
type shared struct{ *testing.M }

func (s shared) Run() int {
	code := s.M.Run()
	for _, clean := range cleanups {
		clean()
	}
	return code
}

// cleanups are run after all tests.
var cleanups []func()

// sharedDir makes a folder that is removed after all tests.
func sharedDir() (string, error) {
	dir, err := os.MkdirTemp("", "trail403-test")
	cleanups = append(cleanups, func() { os.RemoveAll(dir) })
	return dir, err
}

var buildOnce = sync.OnceValues(func() (string, error) {
	dir, err := sharedDir()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "trail403")
	if out, err := exec.Command("go", "build", "-o", bin, module+"/cmd/trail403").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return bin, nil
})

// built returns the program, with the signals that it handles.
func built(t *testing.T) string {
	t.Helper()
	bin, err := buildOnce()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

var serveOnce = sync.OnceValues(func() (*s3test.Server, error) {
	root, err := sharedDir()
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(filepath.Join(root, "demo-trail"), os.DirFS("../../../testdata/demo")); err != nil {
		return nil, err
	}
	server, err := s3test.Run(root)
	if err == nil {
		cleanups = append(cleanups, server.Close)
	}
	return server, err
})

// demoServer returns a server that has the demo in the bucket demo-trail, or nil if
// `make tools` did not install it. Tests only read from it.
func demoServer(t *testing.T) *s3test.Server {
	t.Helper()
	server, err := serveOnce()
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return server
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
