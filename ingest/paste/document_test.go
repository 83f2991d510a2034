package paste

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the tables in docs/explain.md")

const document = "../../docs/explain.md"

// The tables in docs/explain.md are those that the program uses.
func TestDocument(t *testing.T) {
	got, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	var formRows, codeRows []string
	for _, f := range Forms() {
		formRows = append(formRows, "| "+f.Product+" | `"+f.Example+"` |")
	}
	for _, c := range Codes() {
		codeRows = append(codeRows, "| `"+c.Name+"` | `"+c.Example+"` |")
	}
	want := withTable(string(got), "| Product | Example |\n| --- | --- |\n", formRows)
	want = withTable(want, "| Code | Example |\n| --- | --- |\n", codeRows)
	if *update {
		if err := os.WriteFile(document, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(got) != want {
		t.Error("docs/explain.md is not what the program says: run go test ./ingest/paste -run Document -update")
	}
}

// withTable replaces the rows below the head of a table.
func withTable(document, head string, rows []string) string {
	before, after, ok := strings.Cut(document, head)
	if !ok {
		return document
	}
	_, rest, _ := strings.Cut(after, "\n\n")
	return before + head + strings.Join(rows, "\n") + "\n\n" + rest
}
