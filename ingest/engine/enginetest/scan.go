package enginetest

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/change"
)

// Texts returns what the files below a folder hold, decompressed, by their paths in it.
func Texts(t testing.TB, folder string) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(folder, path)
		texts[filepath.ToSlash(rel)] = plain(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// Scan returns the rows of a text table over a folder, which the engine knows as
// location. It selects by no names, so that it has rows for objects that nobody asked for.
func Scan(t testing.TB, folder, location string) (rows [][]string) {
	t.Helper()
	texts := Texts(t, folder)
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		rows = append(rows, row(location+"/"+path, texts[path]))
	}
	return rows
}

func plain(content []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return content
	}
	b := &bytes.Buffer{}
	_, _ = b.ReadFrom(r) // What is cut short does not parse.
	return b.Bytes()
}

// row makes the row of an object.
func row(path string, text []byte) []string {
	lines := bytes.Count(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) + 1
	var file map[string][]map[string]json.RawMessage
	if json.Unmarshal(text, &file) != nil || len(file) != 1 || file["Records"] == nil || lines != 1 {
		return []string{path, strconv.Itoa(lines), "", "", "", "", ""}
	}
	names := map[string]bool{}
	for _, name := range change.Names() {
		names[name] = true
	}
	odd, data := false, false
	var hits []string
	for _, r := range file["Records"] {
		get := func(name string) (text string) {
			_ = json.Unmarshal(r[name], &text) // What is no text is empty.
			return text
		}
		code, source := get("errorCode"), get("eventSource")
		odd = odd || !strings.Contains(source, ".amazonaws.") || get("eventVersion") == "" || get("eventName") == ""
		data = data ||
			strings.HasPrefix(source, "s3") && get("eventCategory") == "Data" && strings.Contains(get("eventName"), "Object")
		denied := code != "" && (strings.HasPrefix(source, "s3") || strings.HasPrefix(source, "kms"))
		if denied || code == "" && names[get("eventName")] {
			hit, _ := json.Marshal(r)
			hits = append(hits, string(hit))
		}
	}
	return []string{
		path, "1", strconv.Itoa(len(file["Records"])), strconv.FormatBool(odd), strconv.FormatBool(data),
		strconv.Itoa(len(hits)), strings.Join(hits, ","),
	}
}
