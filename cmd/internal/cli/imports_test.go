package cli

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Imports point one way: cmd → report → aggregate → ingest, and within a tree a
// package imports its children, never its parent or a package that imports it.
func TestImportsPointOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	level := map[string]int{"ingest": 0, "aggregate": 1, "report": 2, "cmd": 3}
	// Only one package may know these.
	alone := map[string]string{
		"github.com/parquet-go/parquet-go": "trail403/report/parquet trail403/ingest/columns trail403/ingest/store/file",
		"github.com/spf13/pflag":           "trail403/cmd/internal/cli",
		"golang.org/x/term":                "trail403/cmd/internal/cli",
		"gonum.org/v1/gonum/stat/distuv":   "trail403/aggregate", // and below
		"golang.org/x/sys/cpu":             "trail403/ingest/scan",

		"github.com/modelcontextprotocol/go-sdk/mcp": "trail403/cmd/internal/assistant",
	}
	pure := map[string]bool{"trail403/ingest/inflate": true, "trail403/ingest/scan": true, "trail403/ingest/message": true, "trail403/ingest/event": true}
	packages := 0
	for line := range strings.Lines(strings.ReplaceAll(string(out), module+"/", "trail403/")) {
		f := strings.Fields(line)
		pkg, imports := f[0], f[1:]
		packages++
		for _, i := range imports {
			own, ok := alone[i]
			if strings.HasPrefix(i, "github.com/aws/") {
				own, ok = "trail403/ingest/source/s3 trail403/ingest/engine/athena trail403/ingest/policydoc/live", true
			}
			isOwn := func(place string) bool { return place == pkg || strings.HasPrefix(pkg, place+"/") }
			if ok && !slices.ContainsFunc(strings.Fields(own), isOwn) {
				t.Errorf("%s imports %s, which is for %s alone", pkg, i, own)
			}
			if pure[pkg] && strings.Contains(i, ".") && alone[i] != pkg {
				t.Errorf("%s imports %s, and is for the standard library only", pkg, i)
			}
			if !strings.HasPrefix(i, "trail403/") {
				continue
			}
			from, to := strings.Split(pkg, "/"), strings.Split(i, "/")
			if from[1] != to[1] && level[from[1]] < level[to[1]] {
				t.Errorf("%s imports %s, against the direction", pkg, i)
			}
			if pure[pkg] && !(pkg == "trail403/ingest/message" && i == "trail403/ingest/event") {
				t.Errorf("%s imports %s, and is to import none of ours", pkg, i)
			}
			if strings.HasPrefix(pkg, i+"/") {
				t.Errorf("%s imports its parent %s", pkg, i)
			}
		}
	}
	if packages < 8 {
		t.Errorf("only %d packages were looked at", packages)
	}
}
