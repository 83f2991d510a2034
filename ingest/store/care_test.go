package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/place"
)

// check checks a store in which nothing is wrong.
func check(t testing.TB, p place.Place) *store.Checked {
	t.Helper()
	c, err := store.Check(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range c.Problems {
		t.Error(problem)
	}
	return c
}

var then = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// filled makes a store of some days, in as many runs, and returns its source.
func filled(t *testing.T, days int) (root string, src source.Source, p place.Folder) {
	t.Helper()
	root, p = t.TempDir(), place.Folder{Path: t.TempDir()}
	src = source.Local{Path: root}
	for day := 1; day <= days; day++ {
		at := fmt.Sprintf("2026-10-%02dT", day)
		record := strings.ReplaceAll(trail(denied(fmt.Sprint("d", day)), deleted(fmt.Sprint("c", day))), "2026-10-05T", at)
		write(t, root, objectName(day, day), record)
		mustCollect(t, p, store.Options{Now: func() time.Time { return then }}, src)
	}
	return root, src, p
}

// A compacted store says the same, also while the old files are still there.
func TestCompact(t *testing.T) {
	root, src, p := filled(t, 12)
	c, err := store.Compact(t.Context(), p, 24*time.Hour, then)
	if err != nil || c != (store.Compacted{Runs: 12, Files: 1}) {
		t.Errorf("%+v, %v", c, err)
	}
	same(t, p, src)
	check(t, p)
	if added := mustCollect(t, p, store.Options{}, src); len(added.Runs) > 0 {
		t.Errorf("%+v", added)
	}
	write(t, root, objectName(13, 1), trail(denied("next")))
	if added := mustCollect(t, p, store.Options{}, src); !slices.Equal(added.Runs, []int{13}) {
		t.Errorf("%+v", added)
	}
	// After the grace, the old files go, and with them the lists that were merged.
	if c, err = store.Compact(t.Context(), p, 24*time.Hour, then.Add(25*time.Hour)); err != nil || c.Removed != 12 || c.Files != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err = store.Compact(t.Context(), p, 0, then.Add(26*time.Hour)); err != nil {
		t.Error(err)
	}
	files, err := p.List(t.Context(), ledger.EventsFolder)
	if err != nil || len(files) != 1 || files[0].Name != "events/c-00000001-00000013-1.parquet" {
		t.Errorf("%v, %v", files, err)
	}
	same(t, p, src)
	if c := check(t, p); len(c.Unused) > 0 || c.Objects != 13 {
		t.Errorf("%+v", c)
	}
	if added := mustCollect(t, p, store.Options{}, src); len(added.Runs) > 0 {
		t.Errorf("%+v", added)
	}
}

// Temporary files of runs that were killed go after some days.
func TestTidy(t *testing.T) {
	_, _, p := filled(t, 1)
	write(t, p.Path, ".trail403-old.tmp", "x")
	write(t, p.Path, ".trail403-new.tmp", "x")
	write(t, p.Path, "note.tmp", "x")
	now := time.Now()
	if err := os.Chtimes(p.Name(".trail403-old.tmp"), now, now.AddDate(0, 0, -8)); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Compact(t.Context(), p, 0, now); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(p.Path + "/*.tmp")
	if err != nil || len(names) != 2 || filepath.Base(names[0]) != ".trail403-new.tmp" || filepath.Base(names[1]) != "note.tmp" {
		t.Errorf("%q, %v", names, err)
	}
}

// What is forgotten is gone, and does not come back.
func TestForget(t *testing.T) {
	_, src, p := filled(t, 12)
	if _, err := store.Compact(t.Context(), p, 0, then); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := store.Forget(t.Context(), p, time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC), then); err != nil {
			t.Fatal(err)
		}
		s := read(t, p)
		if len(s.rows) != 16 || strings.Contains(strings.Join(s.rows, " "), " d4") {
			t.Errorf("%d rows: %q", len(s.rows), s.rows)
		}
		check(t, p)
		if added := mustCollect(t, p, store.Options{}, src); len(added.Runs) > 0 {
			t.Errorf("%+v", added)
		}
	}
	data, err := os.ReadFile(p.Name("events/c-00000001-00000012-2.parquet"))
	if err != nil || len(data) == 0 {
		t.Error(err)
	}
	if files, _ := p.List(t.Context(), ledger.EventsFolder); len(files) != 1 {
		t.Errorf("%v", files)
	}
}

// What is exported is a trail: collected again, it has the same events.
func TestExport(t *testing.T) {
	_, _, p := filled(t, 12)
	l, err := ledger.Open(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	all, err := store.Export(t.Context(), l, out)
	if err != nil || all != (store.Exported{Files: 12, Records: 24}) {
		t.Errorf("%+v, %v", all, err)
	}
	again := place.Folder{Path: t.TempDir()}
	if added := mustCollect(t, again, store.Options{}, source.Local{Path: out}); added.Denials != 12 || added.Changes != 12 {
		t.Errorf("%+v", added)
	}
	if _, err := store.Export(t.Context(), l, out); err == nil {
		t.Error("files were replaced")
	}
}

// Each damage is found and named, and nothing is added to a damaged store.
func TestDamage(t *testing.T) {
	f := func(want string, damage func(p place.Folder) error) {
		t.Helper()
		_, src, p := filled(t, 3)
		if err := damage(p); err != nil {
			t.Fatal(err)
		}
		c, err := store.Check(t.Context(), p)
		if err == nil {
			if len(c.Problems) == 0 {
				t.Errorf("%s: nothing was found", want)
				return
			}
			err = c.Problems[0]
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
		if _, err := collect(t.Context(), p, store.Options{}, nil, src); err == nil {
			t.Errorf("%s: the store was added to", want)
		}
	}
	run := func(p place.Folder) string { return p.Name(ledger.RunName(2)) }
	f("00000002.parquet: the file is missing", func(p place.Folder) error { return os.Remove(run(p)) })
	f("00000002.parquet: the file is damaged", func(p place.Folder) error { return os.Truncate(run(p), 1000) })
	f("00000002.parquet: the file is damaged", func(p place.Folder) error { return os.Truncate(run(p), 0) })
	f("00000002.parquet: the file is damaged", func(p place.Folder) error { return flip(run(p), -300) })
	f("00000004.parquet: the file says that it holds other runs", func(p place.Folder) error {
		return os.Link(run(p), p.Name(ledger.RunName(4)))
	})
	f("the list of seen objects is missing", func(p place.Folder) error { return os.Remove(seenOf(t, p)) })
	f("the list of seen objects is missing or is not the one", func(p place.Folder) error { return flip(seenOf(t, p), 10) })
	f("the settings of the store are damaged", func(p place.Folder) error { return os.Truncate(p.Name(ledger.SettingsName), 5) })
	f("version 2", func(p place.Folder) error {
		return os.WriteFile(p.Name(ledger.SettingsName), []byte(`{"schema":2}`), 0o600)
	})
	f("there is no store, and the place is not empty", func(p place.Folder) error { return os.Remove(p.Name(ledger.SettingsName)) })
}

// A damaged row is found by a check alone.
func TestDamagedRow(t *testing.T) {
	_, _, p := filled(t, 2)
	if err := flip(p.Name(ledger.RunName(2)), 100); err != nil {
		t.Fatal(err)
	}
	c, err := store.Check(t.Context(), p)
	if err != nil || len(c.Problems) != 1 || !strings.Contains(c.Problems[0].Error(), "00000002.parquet") {
		t.Errorf("%+v, %v", c, err)
	}
}

func seenOf(t *testing.T, p place.Folder) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(p.Path, ledger.SeenFolder, "*"))
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	return names[0]
}

// flip changes a byte of a file, counted from the end if it is negative.
func flip(name string, at int) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if at < 0 {
		at += len(data)
	}
	data[at] ^= 0x40
	return os.WriteFile(name, data, 0o600)
}

// A file that compact puts in the place of runs that were committed during a collection
// says, too, what others collected.
func TestCompactedBetween(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	write(t, root, objectName(5, 99), trail(denied("z")))
	mustCollect(t, p, store.Options{}, src)
	for n := range 4 {
		write(t, root, objectName(5, n), trail(denied(fmt.Sprint("a", n))))
	}
	added, err := collect(t.Context(), p, store.Options{}, func() {
		mustCollect(t, p, store.Options{}, src)
		if _, err := store.Compact(t.Context(), p, 24*time.Hour, time.Now()); err != nil {
			t.Error(err)
		}
	}, src)
	if err != nil || added.Lost != 4 || added.Objects != 0 {
		t.Errorf("%+v, %v", added, err)
	}
	check(t, p)
}

// A copy of a folder has the same objects.
func TestCopies(t *testing.T) {
	p, at := place.Folder{Path: t.TempDir()}, time.Unix(1_700_000_000, 0)
	var sources []source.Source
	for range 2 {
		root := t.TempDir()
		write(t, root, objectName(5, 1), trail(denied("a")))
		if err := os.Chtimes(filepath.Join(root, objectName(5, 1)), at, at); err != nil {
			t.Fatal(err)
		}
		sources = append(sources, source.Local{Path: root})
	}
	if added := mustCollect(t, p, store.Options{}, sources...); added.Objects != 1 || added.Seen != 1 {
		t.Errorf("%+v", added)
	}
	check(t, p)
}

// A record may claim any time. The days between do not count.
func TestExportFar(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	for n, year := range []string{"2013", "2026", "2999"} {
		write(t, root, objectName(5, n), trail(strings.ReplaceAll(denied(year), "2026-10", year+"-10")))
		mustCollect(t, p, store.Options{}, src) // in a file of its own
	}
	l, err := ledger.Open(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	out := &opens{Place: p}
	l.Place = out
	if all, err := store.Export(t.Context(), l, t.TempDir()); err != nil || all.Files != 3 || all.Records != 3 {
		t.Errorf("%+v, %v", all, err)
	}
	if out.n != 3 {
		t.Errorf("files were opened %d times", out.n)
	}
}

// opens counts how often a file is opened.
type opens struct {
	place.Place
	n int
}

func (o *opens) Open(ctx context.Context, f place.File) (place.Content, error) {
	o.n++
	return o.Place.Open(ctx, f)
}

// What cannot be read is not damaged.
func TestUnreadable(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	write(t, root, objectName(5, 1), trail(denied("a")))
	mustCollect(t, p, store.Options{}, source.Local{Path: root})
	c, err := store.Check(t.Context(), unreadable{p})
	if !errors.Is(err, errUnreadable) || c != nil && len(c.Problems) > 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

var errUnreadable = errors.New("the network is gone")

type unreadable struct{ place.Place }

func (u unreadable) Open(ctx context.Context, f place.File) (place.Content, error) {
	in, err := u.Place.Open(ctx, f)
	return unreadableFile{in}, err
}

type unreadableFile struct{ place.Content }

func (unreadableFile) ReadAt([]byte, int64) (int, error) { return 0, errUnreadable }
