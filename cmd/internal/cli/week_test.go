package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// delivery is a file of the demo, and the minute of its delivery.
type delivery struct{ minute, path string }

// deliveries returns the files of the demo in the order in which they came.
func deliveries(t *testing.T, root string) (all []delivery) {
	t.Helper()
	minute := regexp.MustCompile(`_(\d{8}T\d{4})Z_`)
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		d := delivery{path: path}
		if m := minute.FindStringSubmatch(path); m != nil {
			d.minute = m[1]
		}
		all = append(all, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b delivery) int { return strings.Compare(a.minute+a.path, b.minute+b.path) })
	return all
}

// For a week, each hour collects what came. The last report is the one of the objects
// themselves, and an hour in which nothing came has no news.
func TestWeek(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the tests of ingest/store have more that happens at the same time")
	}
	t.Parallel()
	demo, err := filepath.Abs("../../../testdata/demo")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	trail, store := filepath.Join(dir, "AWSLogs"), filepath.Join(dir, "store")
	run := func(args ...string) string {
		t.Helper()
		env, out, errs := testEnv(args...)
		if code := Run(t.Context(), env); code != OK {
			t.Fatalf("%q: exit code %d: %s", args, code, errs)
		}
		return out.String()
	}
	news := func() string {
		return run("report", "--quiet", "--store", store, "--news", "week", "--only-news", "--format", "brief")
	}
	left := deliveries(t, demo)
	added, told := 0, 0
	for hour := range 169 {
		now := time.Date(2026, 10, 25, hour, 0, 0, 0, time.UTC).Format("20060102T1504")
		for len(left) > 0 && (left[0].minute <= now || hour == 168) {
			rel, err := filepath.Rel(demo, left[0].path)
			if err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(trail, rel)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Link(left[0].path, to); err != nil {
				data, err := os.ReadFile(left[0].path)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(to, data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			left = left[1:]
		}
		isNew := strings.HasPrefix(run("collect", "--store", store, trail), "Added")
		if isNew {
			added++
			if news() != "" {
				told++
			}
		}
		if (isNew || hour%48 == 0) && news() != "" {
			t.Errorf("hour %d: the same news twice", hour)
		}
	}
	if added < 15 || told < 5 || told == added {
		t.Errorf("%d hours had something new, and %d had news", added, told)
	}
	got := run("report", "--quiet", "--format", "json", "--store", store)
	want := run("report", "--quiet", "--format", "json", trail)
	if !bytes.Equal([]byte(got), []byte(want)) {
		t.Errorf("the report from the store differs:\n%.2000s", got)
	}
}
