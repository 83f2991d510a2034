package told

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"trail403/ingest/store/place"
)

// The last report of a name is the one that comes back, and old ones go. Names are apart.
func TestTold(t *testing.T) {
	dir := t.TempDir()
	p := place.Folder{Path: dir}
	for i := range kept + 5 {
		x, last, err := Open(t.Context(), p, "hourly")
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprint("report ", i-1); i > 0 && string(last) != want || i == 0 && last != nil {
			t.Errorf("run %d: got %q, want %q", i, last, want)
		}
		if err := x.Add(t.Context(), fmt.Append(nil, "report ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if files, err := os.ReadDir(filepath.Join(dir, "told", "hourly")); err != nil || len(files) != kept {
		t.Errorf("%d files, %v", len(files), err)
	}
	if _, last, err := Open(t.Context(), p, "weekly"); err != nil || last != nil {
		t.Errorf("another name: got %q, %v", last, err)
	}
}

// Two runs of a name at the same time both remember what they told.
func TestAtOnce(t *testing.T) {
	p := place.Folder{Path: t.TempDir()}
	a, _, err := Open(t.Context(), p, "x")
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := Open(t.Context(), p, "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*Told{a, b} {
		if err := x.Add(t.Context(), []byte(fmt.Sprintf("%p", x))); err != nil {
			t.Fatal(err)
		}
	}
	_, last, err := Open(t.Context(), p, "x")
	if want := fmt.Sprintf("%p", b); err != nil || string(last) != want {
		t.Errorf("got %q, %v, want %q", last, err, want)
	}
}

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"hourly": true, "team-a.slack": true, "": false, ".": false, "..": false, "a/b": false, "a b": false,
		string(make([]byte, 65)): false,
	} {
		if IsName(name) != want {
			t.Errorf("%q: want %v", name, want)
		}
	}
}
