package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The files of a package can be put in an order in which each one uses only what
// the files below it define, so that a reader can start at the bottom and never
// has to look ahead.
func TestFilesUseOnlyFilesBelow(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: it reads sources, and the race detector finds nothing in it")
	}
	packages, exports := listPackages(t)
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		t.Run(name, func(t *testing.T) {
			circles := circlesOf(t, p, exports)
			if len(circles) > 0 {
				t.Errorf("files that use each other in circles: %v", circles)
			}
			for _, c := range circles {
				t.Log(c)
			}
		})
	}
}

type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Export     string
}

// listPackages returns our packages, and where the export data of every package
// lies that they import.
func listPackages(t *testing.T) (own []listed, exports map[string]string) {
	t.Helper()
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,GoFiles,Export", module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	exports = map[string]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return own, exports
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, module+"/") {
			own = append(own, p)
		}
	}
}

// circlesOf returns the sets of files of p that use each other in circles, each
// with the uses that make it one.
func circlesOf(t *testing.T, p listed, exports map[string]string) (circles []string) {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	if _, err := (&types.Config{Importer: imports}).Check(p.ImportPath, fset, files, info); err != nil {
		t.Fatal(err)
	}
	fileOf := func(pos token.Pos) string { return filepath.Base(fset.Position(pos).Filename) }
	uses := map[string]map[string][]string{} // from file to file, the names
	for id, obj := range info.Uses {
		if obj.Pkg() == nil || obj.Pkg().Path() != p.ImportPath {
			continue
		}
		from, to := fileOf(id.Pos()), fileOf(obj.Pos())
		if from == to {
			continue
		}
		if uses[from] == nil {
			uses[from] = map[string][]string{}
		}
		if !slices.Contains(uses[from][to], id.Name) {
			uses[from][to] = append(uses[from][to], id.Name)
		}
	}
	// Take away, again and again, the files that use none of those left.
	left := slices.Clone(p.GoFiles)
	for {
		n := len(left)
		left = slices.DeleteFunc(left, func(from string) bool {
			return !slices.ContainsFunc(left, func(to string) bool { return len(uses[from][to]) > 0 })
		})
		if len(left) == n {
			break
		}
	}
	// What is left uses a circle; what no other one of them uses is in none.
	for {
		n := len(left)
		left = slices.DeleteFunc(left, func(to string) bool {
			return !slices.ContainsFunc(left, func(from string) bool { return len(uses[from][to]) > 0 })
		})
		if len(left) == n {
			break
		}
	}
	for _, from := range left {
		for _, to := range slices.Sorted(maps.Keys(uses[from])) {
			if slices.Contains(left, to) {
				slices.Sort(uses[from][to])
				circles = append(circles, fmt.Sprintf("%s uses %s: %s", from, to, strings.Join(uses[from][to], " ")))
			}
		}
	}
	return circles
}
