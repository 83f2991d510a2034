package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var updateQueries = flag.Bool("update-queries", false, "rewrite the results in docs/query.md and docs/store.md; read the diff")

// runQueries prints the first rows of each query that it reads, a value of a row after
// the other.
const runQueries = `
import duckdb, json, sys
db = duckdb.connect()
db.execute("SET TimeZone = 'UTC'")
def rows(query):
    return ["  ".join(str(value) for value in row).rstrip() for row in db.execute(query).fetchmany(3)]
print(json.dumps([rows(query) for query in json.load(sys.stdin)]))
`

var queryBlock = regexp.MustCompile("(?s)```sql\n(.*?)((?:-- [^\n]*\n)+)```")

// The queries of docs/query.md and docs/store.md run in DuckDB, and return what the pages
// say.
func TestQueries(t *testing.T) {
	t.Parallel()
	t.Run("query.md", func(t *testing.T) { testQueries(t, "query.md", 20, "report", "-o", "tables/") })
	t.Run("store.md", func(t *testing.T) { testQueries(t, "store.md", 5, "collect", "--store", "store") })
}

// testQueries runs the queries of a page, after a command has written a folder. The name
// of the folder is its last argument.
func testQueries(t *testing.T, name string, least int, args ...string) {
	python, err := filepath.Abs("../../../.tools/duckdb/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("CI must have DuckDB: run `make tools`")
		}
		t.Skip("`make tools` installs DuckDB")
	}
	page := "../../../docs/" + name
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	blocks := queryBlock.FindAllSubmatch(text, -1)
	if len(blocks) < least {
		t.Fatalf("the page has %d queries with results", len(blocks))
	}
	dir := t.TempDir()
	args[len(args)-1] = dir + "/" + args[len(args)-1]
	env, _, errs := testEnv(append(args, "../../../testdata/demo")...)
	if code := Run(t.Context(), env); code != OK {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	var queries []string
	for _, b := range blocks {
		queries = append(queries, string(b[1]))
	}
	stdin, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", runQueries)
	cmd.Dir, cmd.Stdin, cmd.Stderr = dir, bytes.NewReader(stdin), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results [][]string
	if err := json.Unmarshal(out, &results); err != nil {
		t.Fatal(err)
	}
	for i, b := range blocks {
		got := "-- " + strings.Join(results[i], "\n-- ") + "\n"
		if *updateQueries {
			text = bytes.Replace(text, b[0], []byte("```sql\n"+queries[i]+got+"```"), 1)
		} else if got != string(b[2]) {
			t.Errorf("%sreturns\n%s", queries[i], got)
		}
	}
	if *updateQueries {
		if err := os.WriteFile(page, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
