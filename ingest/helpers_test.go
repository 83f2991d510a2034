package ingest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/source"
)

// memory is a source in memory: names and what is there. A string is an
// object's bytes, an error that of Open, a func() io.Reader what Open returns,
// a source.Entry is listed as it is.
type memory map[string]any

func (m memory) List(ctx context.Context, _ source.Query) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			e := source.Entry{Name: name, Size: -1}
			switch thing := m[name].(type) {
			case source.Entry:
				e = thing
				e.Name = name
			case string:
				e.Size = int64(len(thing))
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

func (m memory) Open(ctx context.Context, e source.Entry) (io.ReadCloser, error) {
	switch thing := m[e.Name].(type) {
	case string:
		return io.NopCloser(strings.NewReader(thing)), nil
	case func() io.Reader:
		r := thing()
		if rc, ok := r.(io.ReadCloser); ok {
			return rc, nil
		}
		return io.NopCloser(r), nil
	case error:
		return nil, thing
	}
	panic("opened what cannot be opened: " + e.Name)
}

// collector is a sink that keeps what was committed.
type collector struct {
	pending, denials []event.Denial
	outer            [][]event.Denial // what an archive's members committed, below it
	staged, changes  []event.Change
}

func (c *collector) Add(d *event.Denial) error {
	c.pending = append(c.pending, *d)
	return nil
}

// AddChange keeps changes of objects that are no archives.
func (c *collector) AddChange(ch *event.Change) error {
	c.staged = append(c.staged, *ch)
	return nil
}

func (c *collector) AddKey(event.KeyUse) {}

func (c *collector) Discard() { c.pending, c.staged = nil, nil }

func (c *collector) Commit() {
	if n := len(c.outer); n > 0 {
		c.outer[n-1] = append(c.outer[n-1], c.pending...)
	} else {
		c.denials = append(c.denials, c.pending...)
	}
	c.changes = append(c.changes, c.staged...)
	c.pending, c.staged = nil, nil
}

func (c *collector) Begin() {
	c.outer = append(c.outer, c.pending)
	c.pending = nil
}

func (c *collector) End() {
	n := len(c.outer) - 1
	c.pending, c.outer = c.outer[n], c.outer[:n]
}

// run runs the sources with one worker and with eight, which must not differ,
// and checks that the coverage adds up. It returns the event ids of the denials.
func run(t *testing.T, opts Options, sources ...source.Source) (*coverage.Coverage, []string) {
	t.Helper()
	c, denials := runOnce(t, opts, 1, sources)
	c8, denials8 := runOnce(t, opts, 8, sources)
	if !reflect.DeepEqual(c, c8) {
		t.Errorf("with 1 worker %+v\nwith 8 %+v", c, c8)
	}
	if !slices.Equal(denials, denials8) {
		t.Errorf("with 1 and 8 workers other denials: %d and %d", len(denials), len(denials8))
	}
	ids := []string{}
	for _, d := range denials {
		ids = append(ids, d.EventID)
	}
	return c, ids
}

func runOnce(t *testing.T, opts Options, workers int, sources []source.Source) (*coverage.Coverage, []event.Denial) {
	t.Helper()
	opts.Workers, opts.Progress = workers, &Progress{}
	var sinks []*collector
	c, err := Run(context.Background(), sources, opts, func() Sink {
		sinks = append(sinks, &collector{})
		return sinks[len(sinks)-1]
	})
	if err != nil {
		t.Fatal(err)
	}
	var denials []event.Denial
	for _, s := range sinks {
		if len(s.pending) > 0 {
			t.Errorf("%d denials were neither committed nor discarded", len(s.pending))
		}
		denials = append(denials, s.denials...)
	}
	slices.SortFunc(denials, func(a, b event.Denial) int {
		return cmp.Or(cmp.Compare(a.EventID, b.EventID), cmp.Compare(a.Fingerprint, b.Fingerprint),
			cmp.Compare(a.Place.Object.Name, b.Place.Object.Name), cmp.Compare(a.Place.Object.Member, b.Place.Object.Member),
			cmp.Compare(a.Place.Record, b.Place.Record))
	})
	inWindow := slices.DeleteFunc(slices.Clone(denials), func(d event.Denial) bool { return !opts.inWindow(d.Time) })
	addsUp(t, c, len(inWindow))
	if p := opts.Progress; !p.AllListed.Load() || p.Listed.Load() != p.Done.Load() || p.ListedBytes.Load() != p.DoneBytes.Load() {
		t.Errorf("progress ends at %d of %d objects, %d of %d bytes", p.Done.Load(), p.Listed.Load(), p.DoneBytes.Load(), p.ListedBytes.Load())
	}
	return c, denials
}

func addsUp(t *testing.T, c *coverage.Coverage, denials int) {
	t.Helper()
	o, r := c.Objects, c.Records
	if o.Listed != o.Read+o.Failed+o.TotalSkipped() {
		t.Errorf("objects do not add up: %+v", o)
	}
	if r.Seen != r.Kept+r.NotS3Denied+r.Duplicate+r.OutsideWindow+r.Excluded+r.Malformed {
		t.Errorf("records do not add up: %+v", r)
	}
	if len(c.Failures) != min(o.Failed, 1000) || len(c.Pruned) != min(c.Folders, 10_000) || c.Complete() != (o.Failed == 0) || !slices.IsSortedFunc(c.Failures, func(a, b coverage.Failure) int { return cmp.Compare(a.Object, b.Object) }) {
		t.Errorf("%d failed, but the failures are %v", o.Failed, c.Failures)
	}
	if r.Kept != denials {
		t.Errorf("%d records kept, but %d denials", r.Kept, denials)
	}
	for reason := range o.Skipped {
		if !slices.Contains(coverage.Reasons(), reason) {
			t.Errorf("the reason %q is not in the list", reason)
		}
	}
}

// denied is a record of a denial, other one of something else.
func denied(id string) string { return deniedAt(id, "2026-10-05T12:00:00Z") }

func deniedAt(id, at string) string {
	return fmt.Sprintf(`{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/bob"},"eventTime":%q,`+
		`"eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":"AccessDenied","errorMessage":"Access Denied",`+
		`"requestParameters":{"bucketName":"corp-data"},"eventID":%q,"eventType":"AwsApiCall"}`, at, id)
}

func other(id string) string {
	return fmt.Sprintf(`{"eventVersion":"1.11","userIdentity":{"type":"Root"},"eventTime":"2026-10-05T12:00:00Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","eventID":%q}`, id)
}

func trail(records ...string) string { return `{"Records":[` + strings.Join(records, ",") + `]}` }

// gz compresses each text as one member of a gzip file.
func gz(texts ...string) string {
	var b bytes.Buffer
	for _, text := range texts {
		w := gzip.NewWriter(&b)
		w.Write([]byte(text))
		w.Close()
	}
	return b.String()
}

// tree writes files into a new folder: pairs of a path and its bytes.
func tree(t *testing.T, files ...string) string {
	t.Helper()
	root := t.TempDir()
	for f := range slices.Chunk(files, 2) {
		path := filepath.Join(root, f[0])
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(f[1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// result says in one line what became of the objects and records, for tables.
func result(c *coverage.Coverage) string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, what))
		}
	}
	add(c.Objects.Read, "read")
	add(c.Objects.Failed, "failed")
	for _, reason := range coverage.Reasons() {
		add(c.Objects.Skipped[reason], string(reason))
	}
	add(c.Records.Kept, "kept")
	add(c.Records.NotS3Denied, "not denied")
	add(c.Records.OutsideWindow, "outside")
	add(c.Records.Malformed, "malformed")
	return strings.Join(parts, ", ")
}
