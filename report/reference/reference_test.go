// Package reference compares the program with a counter that was written from the
// documentation alone, on random archives.
package reference

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/source"
	"trail403/report"
)

func TestReference(t *testing.T) {
	for seed := range uint64(300) {
		g := &generator{Rand: rand.New(rand.NewPCG(seed, 403))}
		files := g.archive()
		dir := t.TempDir()
		c := &counter{}
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(dir, f.name), f.data, 0o644); err != nil {
				t.Fatal(err)
			}
			c.object(f.name, f.data, false)
		}
		want, got := c.finish(), reported(t, dir, 1+int(seed%3))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d:\n got %+v\nwant %+v", seed, got, want)
			if testing.Verbose() {
				for _, f := range files {
					t.Logf("%s: %.3000q", f.name, unpack(unpack(f.data)))
				}
			}
		}
	}
}

// reported returns what the JSON report of the program says.
func reported(t *testing.T, dir string, workers int) (c counts) {
	t.Helper()
	var shards []*aggregate.Shard
	limits := &aggregate.Limits{Rows: aggregate.DefaultMaxRows, Groups: aggregate.DefaultMaxGroups}
	cov, err := ingest.Run(t.Context(), []source.Source{source.Local{Path: dir}}, ingest.Options{Workers: workers}, func() ingest.Sink {
		shards = append(shards, aggregate.NewShard(limits, false))
		return shards[len(shards)-1]
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := aggregate.Build(shards, cov, aggregate.Options{Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := report.Write(&b, report.JSON, result, report.Options{}); err != nil {
		t.Fatal(err)
	}
	var r struct {
		Coverage struct {
			Objects struct {
				Listed, Read, Failed int
				Skipped              map[string]int
			}
			Records map[string]int
		}
		Totals struct{ Denials, Groups, Principals, Buckets int }
		Groups []struct {
			Principal, Action, Bucket string
			Denials                   int
		}
	}
	if err := json.Unmarshal(b.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	o, n := r.Coverage.Objects, r.Coverage.Records
	c = counts{
		Listed: o.Listed, Read: o.Read, Failed: o.Failed,
		Seen: n["seen"], Kept: n["kept"], NotS3Denied: n["not_s3_denied"], Duplicate: n["duplicate"], Malformed: n["malformed"],
		Denials: r.Totals.Denials, Groups: r.Totals.Groups, Principals: r.Totals.Principals, Buckets: r.Totals.Buckets,
		ByGroup: map[string]int{},
	}
	for _, count := range o.Skipped {
		c.Skipped += count
	}
	for _, g := range r.Groups {
		c.ByGroup[g.Principal+" "+g.Action+" "+g.Bucket] += g.Denials
	}
	return c
}
