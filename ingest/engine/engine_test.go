package engine

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/engine/query"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
)

// fake is a Transport with one result for all queries.
type fake struct {
	columns []query.Column
	rows    [][]string
	errs    []error // of the queries, one after another
	fails   func(sql string) error
	sql     []string
}

func (f *fake) Columns(context.Context, query.Table) ([]query.Column, error) { return f.columns, nil }

func (f *fake) Query(_ context.Context, sql string, row func([]string) error) error {
	f.sql = append(f.sql, sql)
	if f.fails != nil {
		if err := f.fails(sql); err != nil {
			return err
		}
	}
	for _, cells := range f.rows {
		if err := row(cells); err != nil {
			return err
		}
	}
	if len(f.errs) == 0 {
		return nil
	}
	err := f.errs[0]
	f.errs = f.errs[1:]
	return err
}

var textColumns = []query.Column{{Name: "line", Type: "varchar"}, {Name: "rest", Type: "varchar"}}

func open(t *testing.T, f *fake) *Engine {
	t.Helper()
	if f.columns == nil {
		f.columns = textColumns
	}
	e, err := Open(t.Context(), Options{
		Transport: f, Table: query.Table{Schema: "a", Name: "b"},
		Retry: retry.Policy{Attempts: 2, First: time.Millisecond, Longest: time.Millisecond},
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func entries(names ...string) (list []source.Entry) {
	for _, name := range names {
		list = append(list, source.Entry{Name: name, Size: 1})
	}
	return list
}

// Only answers that are beyond doubt count.
func TestRows(t *testing.T) {
	f := &fake{rows: [][]string{
		{"s3://b/ok", "1", "7", "false", "true", "1", `{"a":1}`},
		{"s3a://b/scheme", "1", "0", "", "", "0", ""},
		{"s3://b/lines", "2", "7", "false", "true", "0", ""},
		{"s3://b/unparsed", "1", "", "", "", "", ""},
		{"s3://b/odd", "1", "7", "true", "true", "0", ""},
		{"s3://b/twice", "1", "7", "false", "true", "0", ""},
		{"s3://b/twice", "1", "7", "false", "true", "0", ""},
		{"s3://b/thrice", "1", "7", "false", "true", "1", "{}"},
		{"s3://b/thrice", "1", "8", "false", "true", "1", "{}"},
		{"s3://b/thrice", "1", "7", "false", "true", "1", "{}"},
		{"s3://b/not-asked", "1", "7", "false", "true", "0", ""},
	}}
	e := open(t, f)
	got, err := e.Answer(t.Context(), entries(
		"s3://b/ok", "s3://b/scheme", "s3://b/lines", "s3://b/unparsed", "s3://b/odd", "s3://b/twice", "s3://b/thrice", "s3://b/missing"))
	if err != nil || len(got) != 2 || got["s3://b/scheme"] == nil {
		t.Fatalf("%v, %v", got, err)
	}
	a := got["s3://b/ok"]
	if body, err := a.Body(); err != nil || a.Records != 7 || a.Hits != 1 || !a.DataEvents || string(body) != `{"Records":[{"a":1}]}` {
		t.Errorf("%+v: %s, %v", a, body, err)
	}
	if n := e.Counts(); n.Asked != 8 || n.Answered != 2 || n.Queries != 1 {
		t.Errorf("%+v", n)
	}
}

// A table of columns has records that are rebuilt.
func TestColumnsAreRebuilt(t *testing.T) {
	f := &fake{rows: [][]string{
		{"s3://b/k", "1", "2", "false", "false", "2", `{"eventName":"X","userIdentity":{"accountid":"1"}},{"eventName":"Y","errorCode":null}`},
		{"s3://b/broken", "1", "2", "false", "false", "1", `{"eventName":`},
	}}
	for _, name := range []string{"useridentity", "eventtime", "eventsource", "eventname", "errorcode", "requestparameters", "eventid"} {
		f.columns = append(f.columns, query.Column{Name: name, Type: "varchar"})
	}
	e := open(t, f)
	got, err := e.Answer(t.Context(), entries("s3://b/k", "s3://b/broken"))
	if err != nil {
		t.Fatal(err)
	}
	body, err := got["s3://b/k"].Body()
	if want := `{"Records":[{"eventName":"X","userIdentity":{"accountId":"1"}},{"eventName":"Y"}]}`; err != nil || string(body) != want {
		t.Errorf("%s, %v", body, err)
	}
	if _, err := got["s3://b/broken"].Body(); err == nil {
		t.Error("a broken record has no error")
	}
	if len(e.Warnings()) < 10 {
		t.Errorf("warnings: %v", e.Warnings())
	}
}

// A part that fails is tried again, and then left to be read here. Several in a row end
// the run, as does what no query could do.
func TestFailedParts(t *testing.T) {
	why := errors.New("why")
	again := retry.As(retry.Again, why)
	row := []string{"s3://b/k", "1", "7", "false", "true", "0", ""}
	f := &fake{rows: [][]string{row}, errs: []error{again}}
	e := open(t, f)
	if got, err := e.Answer(t.Context(), entries("s3://b/k")); err != nil || len(got) != 1 || len(f.sql) != 2 {
		t.Errorf("%v, %v after %d queries", got, err, len(f.sql))
	}
	f.errs = []error{again, again, why, nil, why, why, why}
	for i, want := range []int{0, 0, 1, 0, 0} {
		if got, err := e.Answer(t.Context(), entries("s3://b/k")); err != nil || len(got) != want {
			t.Errorf("part %d: %v, %v", i, got, err)
		}
	}
	if _, err := e.Answer(t.Context(), entries("s3://b/k")); !errors.Is(err, why) || !strings.Contains(err.Error(), "the queries about 3 parts in a row failed") {
		t.Errorf("after three failures: %v", err)
	}
	if n := e.Counts(); n.FailedParts != 5 || n.Answered != 2 || !strings.Contains(n.Failed[0], "s3://b/k: why") {
		t.Errorf("%+v", n)
	}
	f.errs = []error{retry.As(retry.Fatal, why)}
	if _, err := e.Answer(t.Context(), entries("s3://b/k")); !errors.Is(err, why) {
		t.Errorf("%v", err)
	}
}

// ranges are those of the names that a query asks about.
var ranges = regexp.MustCompile(`BETWEEN '(s3://[^']*)' AND '([^']*)'`)

// A few objects that the engine cannot read cost only their own answers. Where none of the
// halves and quarters succeeds, no further ones are asked about.
func TestHalves(t *testing.T) {
	const n = 10_000
	why := errors.New("the row is too large")
	var names []string
	f := &fake{}
	for i := range n {
		names = append(names, fmt.Sprintf("s3://b/%05d", n-1-i)) // as in no listing
		f.rows = append(f.rows, []string{names[i], "1", "7", "false", "true", "0", ""})
	}
	for _, tt := range []struct {
		bad              []string
		answered, most   int
		failed, fromPart string
	}{
		{nil, n, 1, "", ""},
		{[]string{"s3://b/00000"}, n - 1, 28, "s3://b/00000: the row", ""},
		{[]string{"s3://b/07123"}, n - 1, 28, "s3://b/07123: the row", ""},
		{[]string{"s3://b/00123", "s3://b/08765"}, n - 40, 46, "objects from ", "s3://b/00"},
	} {
		f.sql = nil
		f.fails = func(sql string) error {
			for _, m := range ranges.FindAllStringSubmatch(sql, -1) {
				for _, bad := range tt.bad {
					if m[1] <= bad && bad <= m[2] {
						return why
					}
				}
			}
			return nil
		}
		e := open(t, f)
		got, err := e.Answer(t.Context(), entries(names...))
		counts := e.Counts()
		if err != nil || len(got) < tt.answered || len(f.sql) > tt.most || counts.Asked != n || counts.Answered != len(got) {
			t.Errorf("%s: %d answers after %d queries, %v, %+v", tt.bad, len(got), len(f.sql), err, counts)
		}
		for _, bad := range tt.bad {
			if got[bad] != nil {
				t.Errorf("%s has an answer", bad)
			}
		}
		if failed := fmt.Sprint(counts.Failed); !strings.Contains(failed, tt.failed) || !strings.Contains(failed, tt.fromPart) {
			t.Errorf("%s: %s", tt.bad, failed)
		}
	}
	for _, tt := range []struct {
		err  error
		most int
	}{{why, 9}, {retry.As(retry.Slow, why), 2}} {
		f.sql = nil
		f.fails = func(string) error { return tt.err }
		e := open(t, f)
		if got, err := e.Answer(t.Context(), entries(names...)); err != nil || len(got) != 0 || len(f.sql) != tt.most {
			t.Errorf("%v: %d answers after %d queries, %v", tt.err, len(got), len(f.sql), err)
		}
		if counts := e.Counts(); counts.Asked != n || counts.Halved != max(tt.most-5, 0) {
			t.Errorf("%+v", counts)
		}
	}
}

func TestNames(t *testing.T) {
	n := newNames("/data/trail/", "local:///t")
	for name, want := range map[string]string{
		"/data/trail/a/b": "local:///t/a/b", "/data/trailer/a": "", "/other": "", "s3://b/k": "s3://b/k", "s3://b/\xff": "",
		"s3://b/" + strings.Repeat("x", 5000): "",
	} {
		if got := n.path(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
	for folder, name := range map[string]string{".": "a/b", "./": "a/b", "./data": "data/a/b", "x//data/": "x/data/a/b"} {
		if n = newNames(folder, "local:///t/"); n.path(name) != "local:///t/a/b" {
			t.Errorf("%q in %s: %q", name, folder, n.path(name))
		}
	}
	if n = newNames("/data", ""); n.path("/data/a") != "" {
		t.Error("a local object without a location")
	}
}

// What has no room in memory is in a file, and comes back the same.
func TestSpool(t *testing.T) {
	s, err := newSpool()
	if err != nil {
		t.Fatal(err)
	}
	const n = 40
	text := func(i int) string { // as good as random, so that it does not become smaller
		b := make([]byte, 1<<20)
		for j, x := 0, uint64(i)+1; j < len(b); j++ {
			x = x*6364136223846793005 + 1442695040888963407
			b[j] = byte(x >> 56)
		}
		return string(b)
	}
	var places []place
	for i := range n {
		p, err := s.put(text(i))
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, p)
	}
	if !slices.ContainsFunc(places, func(p place) bool { return p.inFile }) || len(s.memory) > maxHeld {
		t.Errorf("%d bytes in memory", len(s.memory))
	}
	for i, p := range places {
		if got, err := s.take(p); err != nil || string(got) != text(i) {
			t.Fatal(fmt.Sprint("text ", i, " differs: ", err))
		}
	}
	if s.file != nil || s.memory != nil {
		t.Error("the spool is still there")
	}
}
