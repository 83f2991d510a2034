package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is read from standard input counts as seen, also beside a file whose name shows
// its day: the trends are those of all files by their names.
func TestBaselinesBesideStandardInput(t *testing.T) {
	const demo = "../../../testdata/demo"
	var all bytes.Buffer
	named := ""
	err := filepath.WalkDir(demo, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir() || !strings.HasSuffix(path, ".json.gz"):
			return err
		case strings.Contains(path, "Digest"), strings.Contains(path, "Insight"), strings.Contains(path, "Aggregated"):
			return nil
		case named == "" && strings.Contains(path, "/2026/10/15/"):
			named = path
			return nil
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil // the demo has files that are not what they are called
		}
		text, err := io.ReadAll(z)
		if err == nil && bytes.HasPrefix(bytes.TrimSpace(text), []byte("{\"Records\"")) {
			all.Write(text)
			all.WriteByte('\n')
		}
		return nil
	})
	if err != nil || named == "" {
		t.Fatal(named, err)
	}
	folder := t.TempDir()
	type group struct {
		ID    string
		Trend struct {
			Kind, Onset string
			Recent      float64 `json:"recent_per_day"`
			Baseline    float64 `json:"baseline_per_day"`
		}
	}
	piped := func(args ...string) (r struct{ Groups []group }) {
		name := filepath.Join(folder, "report.json")
		env, _, errs := testEnv(append([]string{"report", "-o", name}, args...)...)
		env.Stdin = bytes.NewReader(all.Bytes())
		if code := Run(t.Context(), env); code != OK {
			t.Fatalf("%q: exit code %d: %s", args, code, errs)
		}
		if err := json.Unmarshal([]byte(readFile(t, name)), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	mixed := piped("-", named)
	text := readFile(t, named)
	z, err := gzip.NewReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(&all, z); err != nil {
		t.Fatal(err)
	}
	alone := piped("-")
	if len(alone.Groups) == 0 || len(alone.Groups) != len(mixed.Groups) {
		t.Fatalf("%d and %d groups", len(alone.Groups), len(mixed.Groups))
	}
	for i, want := range alone.Groups {
		if got := mixed.Groups[i]; got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}
