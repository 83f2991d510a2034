package cli

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source"
)

// A week of a trail that grows, collected and reported twice a day: each run reports only
// what is new, nothing new is left out, and the last report is that of all objects.
func TestWeek(t *testing.T) {
	dir := t.TempDir()
	trail, store := filepath.Join(dir, "trail"), filepath.Join(dir, "store")
	delivered := map[string]time.Time{} // zero where the name does not tell
	demo := os.DirFS("../../../testdata/demo")
	err := fs.WalkDir(demo, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			_, delivered[path], _ = source.Delivered(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	reported := map[string]bool{}
	last := ""
	for at := time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC); len(delivered) > 0; at = at.Add(12 * time.Hour) {
		for path, end := range delivered {
			if end.After(at) {
				continue
			}
			delete(delivered, path)
			data, err := fs.ReadFile(demo, path)
			if err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(trail, path)
			if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		run1(t, OK, "collect", "--store", store, trail)
		last = run1(t, OK, "report", "--store", store, "--news", "week", "--format", "json")
		var r struct {
			Groups     []struct{ ID string }
			Comparison *struct{ Groups []struct{ ID, State string } }
		}
		if err := json.Unmarshal([]byte(last), &r); err != nil {
			t.Fatal(err)
		}
		isNew := map[string]bool{}
		if r.Comparison != nil {
			for _, g := range r.Comparison.Groups {
				isNew[g.ID] = g.State == "new"
			}
		}
		for _, g := range r.Groups {
			if first := len(reported) == 0 || r.Comparison == nil; !first && isNew[g.ID] == reported[g.ID] {
				t.Errorf("%s: the group %s is new: %v, and was reported before: %v", at, g.ID, isNew[g.ID], reported[g.ID])
			}
		}
		for _, g := range r.Groups {
			reported[g.ID] = true
		}
	}
	want := run1(t, OK, "report", "--format", "json", trail)
	if got := withoutComparison(t, last); got != withoutComparison(t, want) {
		t.Error("the last report is another one than that of all objects")
	}
	if text := run1(t, OK, "report", "--store", store, "--news", "week", "--format", "brief", "--only-news"); text != "" {
		t.Errorf("news of nothing: %s", text)
	}
}

// withoutComparison returns a JSON report without what changed since an earlier one.
func withoutComparison(t *testing.T, report string) string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(report), &members); err != nil {
		t.Fatal(err)
	}
	delete(members, "comparison")
	var b strings.Builder
	if err := json.NewEncoder(&b).Encode(members); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
