package cli

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/rogpeppe/go-internal/testscript"

	"trail403/ingest/source/s3/s3test"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestScript runs the command as users do: one subject a file.
func TestScript(t *testing.T) {
	// Folders in the root are buckets; one is the demo.
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "demo-trail"), os.DirFS("../../../testdata/demo")); err != nil {
		t.Fatal(err)
	}
	server, err := s3test.Run(root)
	if err == nil {
		t.Cleanup(server.Close)
	} else if !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	aws := liveServer(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"gz":    compress,
			"cut":   cut,
			"twist": twist,
		},
		Condition: func(name string) (bool, error) { return name == "s3" && server != nil, nil },
		Setup: func(env *testscript.Env) error {
			if server != nil {
				env.Setenv("S3ROOT", root)
				for name, value := range s3test.Env(server.URL) {
					env.Setenv(name, value)
				}
			}
			if strings.HasSuffix(env.WorkDir, "script-live") {
				for name, value := range aws.Environment() {
					env.Setenv(name, value)
				}
			}
			env.Setenv("GORACE", os.Getenv("GORACE"))
			demo, err := os.Getwd()
			env.Setenv("DEMO", filepath.Join(demo, "../../../testdata/demo"))
			return err
		},
	})
}

// compress is `gz FILE DEST`; it makes the folders of DEST.
func compress(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[1])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
}

// cut is `cut FILE N`: the last N bytes go.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text[:len(text)-n]), 0o644))
}

// twist is `twist FILE N`: the Nth byte from the end gets another value.
func twist(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := []byte(ts.ReadFile(args[0]))
	text[len(text)-n] ^= 0xff
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o644))
}
