package source_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source"
	"trail403/ingest/source/s3"
	"trail403/ingest/source/s3/s3test"
)

const (
	plain = "AWSLogs/111122223333/"
	org   = "AWSLogs/o-exampleorg/444455556666/"
	inner = "team/logs/AWSLogs/o-exampleorg/777788889999/"
)

// trailName is a file as CloudTrail names it, below the folder of an account.
func trailName(account, folder, region, at, unique string) string {
	t, err := time.Parse("2006-01-02T15:04", at)
	if err != nil {
		panic(err)
	}
	return account + folder + "/" + region + t.Format("/2006/01/02/") + filepath.Base(account) + "_" + folder + "_" + region + t.Format("_20060102T1504Z_") + unique + ".json.gz"
}

func conformanceTree() []string {
	return []string{
		trailName(plain, "CloudTrail", "us-east-1", "2026-10-04T23:55", "a"),
		trailName(plain, "CloudTrail", "us-east-1", "2026-10-05T00:05", "b"),
		trailName(plain, "CloudTrail", "us-east-1", "2026-10-05T12:00", "c"),
		trailName(plain, "CloudTrail", "us-gov-west-1", "2026-10-05T12:00", "d"),
		trailName(org, "CloudTrail", "us-east-1", "2026-10-05T12:00", "e"),
		trailName(org, "CloudTrail-NetworkActivity", "us-east-1", "2026-10-05T12:00", "f"),
		trailName(inner, "CloudTrail", "eu-west-1", "2026-10-06T12:00", "g"),
		trailName(plain, "CloudTrail-Digest", "us-east-1", "2026-10-05T12:00", "h"),
		trailName(org, "CloudTrail-Insight", "us-east-1", "2026-10-05T12:00", "i"),
		trailName(inner, "CloudTrail-Aggregated", "eu-west-1", "2026-10-05T12:00", "j"),
		org + "Config/us-east-1/2026/10/5/ConfigSnapshot/x.json.gz",
		org + "vpcflowlogs/us-east-1/2026/10/05/x.log.gz",
		"copies/us-east-1/2026/10/05/x.json",
		"flat/111122223333_CloudTrail_us-east-1_20261005T1200Z_k.json.gz",
		"odd names/a b+c%41&d=é.json", "odd names/quote\"'<&>.json", "odd names/a%2Fb.json",
		"notes.txt", "notes.txt.d/x", "empty",
	}
}

// TestConformance holds every kind of source to the same: the same tree, the same
// queries, the same entries and bytes.
func TestConformance(t *testing.T) {
	root := t.TempDir()
	bucket := filepath.Join(root, "trail-bucket")
	for _, name := range conformanceTree() {
		path := filepath.Join(bucket, name)
		text := "this is " + name
		if name == "empty" {
			text = ""
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	kinds := map[string]func(t *testing.T, below string) (src source.Source, prefix string){
		"local": func(_ *testing.T, below string) (source.Source, string) {
			return source.Local{Path: filepath.Join(bucket, below)}, bucket + "/"
		},
		"tree": func(_ *testing.T, below string) (source.Source, string) {
			if below != "" { // it is read from its root only
				return nil, ""
			}
			return source.Tree{FS: os.DirFS(bucket)}, ""
		},
		"s3": func(t *testing.T, below string) (source.Source, string) {
			return source.Bucket{Store: s3Client(t), Location: source.Location{Bucket: "trail-bucket", Key: below}}, "s3://trail-bucket/"
		},
	}
	server := s3test.Start(t, root)
	s3test.Setenv(t, server.URL)
	for kind, open := range kinds {
		t.Run(kind, func(t *testing.T) {
			f := func(below string, q source.Query, want ...string) {
				t.Helper()
				src, prefix := open(t, below)
				if src == nil {
					return
				}
				var got []string
				for e, err := range src.List(t.Context(), q) {
					if err != nil {
						t.Fatalf("%s: %v", below, err)
					}
					name, ok := strings.CutPrefix(e.Name, prefix)
					switch {
					case !ok || e.Err != nil:
						t.Errorf("%+v", e)
					case e.Pruned:
						name += " pruned"
					default:
						check(t, src, e, name)
					}
					got = append(got, name)
				}
				slices.Sort(got)
				want = slices.Sorted(slices.Values(want))
				if !slices.Equal(got, want) {
					t.Errorf("%q %+v\n got %s\nwant %s", below, q, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
				}
			}
			tree := conformanceTree()
			records := slices.DeleteFunc(slices.Clone(tree), func(name string) bool {
				return strings.Contains(name, "-Digest/") || strings.Contains(name, "-Insight/") || strings.Contains(name, "-Aggregated/") ||
					strings.Contains(name, "/Config/") || strings.Contains(name, "vpcflowlogs")
			})
			pruned := []string{plain + "CloudTrail-Digest pruned", org + "CloudTrail-Insight pruned", org + "Config pruned", org + "vpcflowlogs pruned", inner + "CloudTrail-Aggregated pruned"}
			f("", source.Query{}, append(records, pruned...)...)
			f("AWSLogs", source.Query{}, append(pruned[:4:4], records[:6]...)...)
			f("team", source.Query{}, records[6], pruned[4])
			f(plain+"CloudTrail", source.Query{}, records[:4]...)
			f(plain+"CloudTrail/us-east-1", source.Query{}, records[:3]...)
			f(plain+"CloudTrail/us-east-1/2026/10/05", source.Query{}, records[1:3]...)
			f(records[1], source.Query{}, records[1])
			f("notes.txt", source.Query{}, "notes.txt")
			f("notes.txt.d", source.Query{}, "notes.txt.d/x")
			f("odd names", source.Query{}, records[9:12]...)
			f(plain+"CloudTrail-Digest", source.Query{}, tree[7]) // asked for by name
			f("AWSLogs", source.Query{Accounts: []string{"111122223333"}}, append(slices.Clone(records[:4]), pruned[0], strings.TrimSuffix(org, "/")+" pruned")...)
			f("AWSLogs", source.Query{Regions: []string{"us-gov-west-1"}}, append(slices.Clone(pruned[:4]), records[3],
				plain+"CloudTrail/us-east-1 pruned", org+"CloudTrail/us-east-1 pruned", org+"CloudTrail-NetworkActivity/us-east-1 pruned")...)

			src, prefix := open(t, "")
			if _, err := src.Open(t.Context(), source.Entry{Name: prefix + "missing", Size: -1}); err == nil {
				t.Error("opened what is not there")
			}
			for range src.List(t.Context(), source.Query{}) {
				break // a consumer may stop
			}
			why := errors.New("why")
			ctx, cancel := context.WithCancelCause(t.Context())
			cancel(why)
			n := 0
			for _, err := range src.List(ctx, source.Query{}) {
				if n++; err != why || n > 1 {
					t.Errorf("cancelled: got %v", err)
				}
			}
			if n != 1 {
				t.Errorf("cancelled: got no error")
			}
		})
	}
}

func s3Client(t *testing.T) *s3.Client {
	c := s3.New(s3.Options{})
	t.Cleanup(c.Close)
	return c
}

// check reads an object.
func check(t *testing.T, src source.Source, e source.Entry, name string) {
	t.Helper()
	body, err := src.Open(t.Context(), e)
	if err != nil {
		t.Errorf("%s: %v", e.Name, err)
		return
	}
	text, err := io.ReadAll(body)
	want := "this is " + name
	if name == "empty" {
		want = ""
	}
	if closed := body.Close(); err != nil || closed != nil || string(text) != want || e.Size != int64(len(want)) {
		t.Errorf("%s: got %q, %d, %v, %v", e.Name, text, e.Size, err, closed)
	}
}

// In S3 only the times that are asked for are listed, and one request lists a
// Region.
func TestTimes(t *testing.T) {
	root := t.TempDir()
	for _, name := range conformanceTree() {
		path := filepath.Join(root, "trail-bucket", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, nil, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	server := s3test.Start(t, root)
	s3test.Setenv(t, server.URL)
	f := func(below, from, to string, lists int64, want ...string) {
		t.Helper()
		client := s3Client(t)
		var q source.Query
		q.From, _ = time.Parse(time.RFC3339, from)
		q.To, _ = time.Parse(time.RFC3339, to)
		var got []string
		for e, err := range (source.Bucket{Store: client, Location: source.Location{Bucket: "trail-bucket", Key: below}}).List(t.Context(), q) {
			if err != nil {
				t.Fatal(err)
			}
			if !e.Pruned {
				got = append(got, strings.TrimSuffix(e.Name[strings.LastIndexByte(e.Name, '_')+1:], ".json.gz"))
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || client.Lists() != lists {
			t.Errorf("%s %s..%s: got %q in %d requests, want %q in %d", below, from, to, got, client.Lists(), want, lists)
		}
	}
	region := plain + "CloudTrail/us-east-1/"
	f(region, "", "", 1, "a", "b", "c")
	f(region, "2026-10-05T00:00:00Z", "", 1, "b", "c")
	f(region, "2026-10-05T00:05:30Z", "", 1, "b", "c") // a name tells the minute
	f(region, "2026-10-05T00:06:00Z", "", 1, "c")
	f(region, "", "2026-10-05T00:05:00Z", 1, "a")
	f(region, "", "2026-10-05T00:05:01Z", 1, "a", "b")
	f(region, "2026-10-05T00:00:00Z", "2026-10-05T12:00:00Z", 1, "b")
	f(region, "2027-01-01T00:00:00Z", "", 2) // and one to see whether there is anything
	f(region+"2026/10/", "2026-10-05T00:00:00Z", "", 1, "b", "c")
	// Two Regions of one account, two kinds of one of another: AWSLogs, o-…, two
	// accounts, three folders, four Regions.
	f("AWSLogs/", "2026-10-05T11:00:00Z", "2026-10-05T13:00:00Z", 11, "c", "d", "e", "f")
}

func TestNothingThere(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"trail-bucket/AWSLogs/111122223333", "trail-bucket/other", "bare-bucket"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"AWSLogs/111122223333/x", "other/y"} {
		if err := os.WriteFile(filepath.Join(root, "trail-bucket", file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := s3test.Start(t, root)
	s3test.Setenv(t, server.URL)
	f := func(bucket, key string, folders ...string) {
		t.Helper()
		var err error
		for _, err = range (source.Bucket{Store: s3Client(t), Location: source.Location{Bucket: bucket, Key: key}}).List(t.Context(), source.Query{}) {
		}
		var nothing *source.NothingThere
		if !errors.As(err, &nothing) || !slices.Equal(nothing.Folders, folders) || err.Error() != fmt.Sprintf("no objects in s3://%s/%s", bucket, key) {
			t.Errorf("%s %s: got %v, %+v", bucket, key, err, nothing)
		}
	}
	f("trail-bucket", "awslogs/", "AWSLogs/", "other/")
	f("trail-bucket", "awslogs", "AWSLogs/", "other/")
	f("trail-bucket", "AWSLogs/111122223333/y", "AWSLogs/", "other/")
	f("bare-bucket", "")
}
