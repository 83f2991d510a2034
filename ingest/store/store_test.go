package store_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/source"
	"trail403/ingest/store"
	"trail403/ingest/store/file"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
)

// denied is a record of a denial, and deleted one of an access change.
func denied(id string) string {
	return fmt.Sprintf(`{"eventVersion":"1.11","eventID":%q,"eventTime":"2026-10-05T06:07:08Z","eventSource":"s3.amazonaws.com",`+
		`"eventName":"GetObject","awsRegion":"us-east-1","errorCode":"AccessDenied","errorMessage":"Access Denied",`+
		`"userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/alice","accessKeyId":"AKIAIOSFODNN7EXAMPLE"},`+
		`"requestParameters":{"bucketName":"corp-data","key":"a"}}`, id)
}

func deleted(id string) string {
	return fmt.Sprintf(`{"eventVersion":"1.11","eventID":%q,"eventTime":"2026-10-05T06:07:08Z","eventSource":"s3.amazonaws.com",`+
		`"eventName":"DeleteBucketPolicy","awsRegion":"us-east-1","userIdentity":{"type":"IAMUser",`+
		`"arn":"arn:aws:iam::111122223333:user/alice"},"requestParameters":{"bucketName":"corp-data"}}`, id)
}

func trail(records ...string) string { return `{"Records":[` + strings.Join(records, ",") + `]}` }

// objectName returns a name of CloudTrail's layout.
func objectName(day, n int) string {
	return fmt.Sprintf("AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/%02d/"+
		"111122223333_CloudTrail_us-east-1_202610%02dT%02d%02dZ_%08d.json", day, day, n/60%24, n%60, n)
}

// write writes a file of a trail.
func write(t testing.TB, root, name, content string) {
	t.Helper()
	path := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// open opens a store, and makes it if there is none.
func open(ctx context.Context, p place.Place) (*ledger.Ledger, error) {
	l, err := ledger.Open(ctx, p)
	if errors.Is(err, ledger.ErrNoStore) {
		if err := ledger.Make(ctx, p); err != nil {
			return nil, err
		}
		return ledger.Open(ctx, p)
	}
	return l, err
}

// collect adds what is new in sources. between is called after they were read and
// before what is left is committed, unless it is nil.
func collect(ctx context.Context, p place.Place, opts store.Options, between func(), sources ...source.Source) (store.Added, error) {
	l, err := open(ctx, p)
	if err != nil {
		return store.Added{}, err
	}
	c, err := store.New(ctx, l, sources, opts)
	if err != nil {
		return store.Added{}, err
	}
	defer c.Discard()
	read := ingest.Options{Workers: 2, Skip: c.Skip, Query: c.Query()}
	if _, err := ingest.Run(ctx, sources, read, func() ingest.Sink { return c.NewShard() }); err != nil {
		return store.Added{}, err
	}
	if between != nil {
		between()
	}
	return c.Finish()
}

func mustCollect(t testing.TB, p place.Place, opts store.Options, sources ...source.Source) store.Added {
	t.Helper()
	added, err := collect(context.Background(), p, opts, nil, sources...)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

// stored is what a store holds.
type stored struct {
	rows      []string // kind, object, number of the record, event id
	records   []string
	manifests []*manifest.Manifest
}

// read reads a store, and checks that it is as it should be.
func read(t testing.TB, p place.Place) (s stored) {
	t.Helper()
	l, err := ledger.Open(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	r, err := file.NewReader()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, run := range l.Runs {
		s.manifests = append(s.manifests, run.Manifest)
		in, err := p.Open(t.Context(), run.File)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		rows := manifest.Rows{}
		for n := range run.Footer.Groups {
			err := r.Group(in, run.Footer, n, file.Want{Records: true}, func(e *file.Event) error {
				s.rows = append(s.rows, rowOf(e, &rows))
				s.records = append(s.records, string(e.Record))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if rows != run.Rows {
			t.Errorf("run %d has %+v, and its manifest says %+v", run.First, rows, run.Rows)
		}
	}
	slices.Sort(s.rows)
	if all := len(s.rows); all != len(slices.Compact(slices.Clone(s.rows))) {
		t.Errorf("%d rows are not unique", all)
	}
	return s
}

func rowOf(e *file.Event, rows *manifest.Rows) string {
	id := ""
	kind := "key"
	switch {
	case e.Denial != nil:
		kind, id = "denial", e.Denial.EventID
		rows.Denials++
	case e.Change != nil:
		kind, id = "change", e.Change.EventID
		rows.Changes++
	default:
		rows.Keys++
	}
	return fmt.Sprintf("%s %s %d %s", kind, filepath.Base(e.Place.Object.Name), e.Place.Record, id)
}

// truth is what the objects themselves hold.
type truth struct {
	rows []string
	at   event.Place
}

func (s *truth) See(at event.Place, _ []byte) { s.at = at }
func (s *truth) add(kind, id string) {
	s.rows = append(s.rows, fmt.Sprintf("%s %s %d %s", kind, filepath.Base(s.at.Object.Name), s.at.Record, id))
}
func (s *truth) Add(d *event.Denial) error       { s.add("denial", d.EventID); return nil }
func (s *truth) AddChange(c *event.Change) error { s.add("change", c.EventID); return nil }
func (s *truth) AddKey(event.KeyUse)             { s.add("key", "") }
func (s *truth) Commit()                         {}
func (s *truth) Discard()                        {}
func (s *truth) Begin()                          {}
func (s *truth) End()                            {}

// same checks that a store holds what the objects do: each row once, and the same
// coverage.
func same(t testing.TB, p place.Place, sources ...source.Source) {
	t.Helper()
	sink := &truth{}
	want, err := ingest.Run(t.Context(), sources, ingest.Options{Workers: 1}, func() ingest.Sink { return sink })
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(sink.rows)
	s := read(t, p)
	if !slices.Equal(s.rows, sink.rows) {
		t.Errorf("%d rows, want %d:\n%s", len(s.rows), len(sink.rows), strings.Join(s.rows, "\n"))
	}
	got := manifest.Coverage(s.manifests, nil)
	sameCoverage(t, got, want)
}

func sameCoverage(t testing.TB, got, want *coverage.Coverage) {
	t.Helper()
	for _, c := range []*coverage.Coverage{got, want} {
		c.Unsupported = slices.Clip(c.Unsupported)
		if len(c.Objects.Skipped) == 0 {
			c.Objects.Skipped = nil
		}
		slices.SortFunc(c.Failures, func(a, b coverage.Failure) int { return cmp.Compare(a.Object, b.Object) })
	}
	for place := range want.Trails {
		if !slices.Equal(want.Trails[place].List(), got.Trails[place].List()) {
			t.Errorf("%v: %v, want %v", place, got.Trails[place], want.Trails[place])
		}
	}
	if len(got.Trails) != len(want.Trails) {
		t.Errorf("trails %v, want %v", got.Trails, want.Trails)
	}
	a, b := *got, *want
	a.Trails, b.Trails = nil, nil
	if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) && !reflect.DeepEqual(a, b) {
		t.Errorf("coverage\n%+v, want\n%+v", a, b)
	}
}

// What is new is added, and nothing else is.
func TestCollect(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: filepath.Join(t.TempDir(), "store")}
	src := source.Local{Path: root}
	for n := range 20 {
		write(t, root, objectName(5+n%3, n), trail(denied(fmt.Sprint("d", n)), deleted(fmt.Sprint("c", n)), `{"eventName":"Other"}`))
	}
	write(t, root, "AWSLogs/111122223333/CloudTrail-Digest/x.json.gz", "")
	write(t, root, "empty.json", "")
	write(t, root, "no trail.txt", "hello")
	write(t, root, "broken.json.gz", "hello")
	added := mustCollect(t, p, store.Options{CommitObjects: 7}, src)
	if added.Objects != 22 || added.Denials != 20 || added.Changes != 20 || added.Failed != 1 || len(added.Runs) != 4 {
		t.Errorf("%+v", added)
	}
	same(t, p, src)
	added = mustCollect(t, p, store.Options{}, src)
	if len(added.Runs) != 0 || added.Seen != 22 {
		t.Errorf("nothing is new: %+v", added)
	}
	write(t, root, objectName(9, 1), trail(denied("late")))
	write(t, root, "broken.json.gz", trail(denied("repaired")))
	added = mustCollect(t, p, store.Options{}, src)
	if len(added.Runs) != 1 || added.Objects != 2 || added.Denials != 2 || added.Recovered != 1 {
		t.Errorf("%+v", added)
	}
	same(t, p, src)
}

// A folder can move, and its objects are known again.
func TestMoved(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	write(t, root, "a/"+objectName(5, 1), trail(denied("a")))
	mustCollect(t, p, store.Options{}, source.Local{Path: filepath.Join(root, "a")})
	if err := os.Rename(filepath.Join(root, "a"), filepath.Join(root, "b")); err != nil {
		t.Fatal(err)
	}
	if added := mustCollect(t, p, store.Options{}, source.Local{Path: filepath.Join(root, "b")}); added.Objects != 0 {
		t.Errorf("%+v", added)
	}
}

// A file without a time, as archives of reproducible builds have them, is an object like
// others, and one that changes is another object.
func TestNoTime(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	write(t, root, objectName(1, 1), trail(denied("a")))
	for _, changed := range []time.Time{time.Unix(0, 0), time.Unix(0, 1)} {
		if err := os.Chtimes(filepath.Join(root, objectName(1, 1)), changed, changed); err != nil {
			t.Fatal(err)
		}
		if added := mustCollect(t, p, store.Options{}, src); added.Objects != 1 || added.Failed != 0 {
			t.Errorf("changed %v: %+v", changed, added)
		}
		if added := mustCollect(t, p, store.Options{}, src); added.Objects != 0 || added.Seen != 1 {
			t.Errorf("changed %v, again: %+v", changed, added)
		}
	}
}

// No secret gets into a store.
func TestSecrets(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	write(t, root, "a.json", trail(denied("a")))
	mustCollect(t, p, store.Options{}, source.Local{Path: root})
	s := read(t, p)
	if len(s.records) != 1 || strings.Contains(s.records[0], "AKIAIOSFODNN7EXAMPLE") || !strings.Contains(s.records[0], "corp-data") {
		t.Errorf("%q", s.records)
	}
	for _, name := range []string{"events/00000001.parquet", "seen", ledger.SettingsName} {
		info, err := os.Stat(p.Name(name))
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// The rows of archives come with all of their members, whatever became of some.
func TestArchive(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	write(t, root, "x.tar", tarOf(t, objectName(5, 1), trail(denied("a")), "b.json.gz", "broken", objectName(6, 1), trail(denied("c"))))
	src := source.Local{Path: root}
	if added := mustCollect(t, p, store.Options{}, src); added.Denials != 2 {
		t.Errorf("%+v", added)
	}
	same(t, p, src)
	if added := mustCollect(t, p, store.Options{}, src); len(added.Runs) != 0 {
		t.Errorf("%+v", added)
	}
}

// Shards take different objects, and together all of them.
func TestShards(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	for n := range 40 {
		write(t, root, objectName(5, n), trail(denied(fmt.Sprint(n))))
	}
	ctx, errs := t.Context(), make(chan error)
	if _, err := open(ctx, p); err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		go func() {
			opts := store.Options{CommitObjects: 3}
			opts.Shard.Number, opts.Shard.Of = n, 4
			_, err := collect(ctx, p, opts, nil, src)
			errs <- err
		}()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	same(t, p, src)
	if added := mustCollect(t, p, store.Options{}, src); len(added.Runs) != 0 {
		t.Errorf("%+v", added)
	}
}
