package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"trail403/ingest/coverage"
)

// packed is a file in an archive, or a folder if the name ends in /.
type packed struct{ name, content string }

func tarOf(t *testing.T, members ...packed) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range members {
		h := &tar.Header{Name: m.name, Size: int64(len(m.content)), Mode: 0o644, Typeflag: tar.TypeReg}
		if strings.HasSuffix(m.name, "/") {
			h.Typeflag, h.Size = tar.TypeDir, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, m.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zipOf(t *testing.T, members ...packed) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		f, err := w.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, m.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t *testing.T, text string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(text), nil))
}

// bz is a bzip2 file with one record, in base64: Go has no compressor. It is
//
//	printf '[{"eventVersion":"1.11","eventName":"x","userIdentity":{}}]' | bzip2 | base64
const bz = "QlpoOTFBWSZTWUqoxQQAAAsfgBAFIBAAIQEKJiOfaiAAVFAAAGTIGih6jIG1D00ymboveNoNKCgOpkzhZta8i8NwMt3higxK4LSqBUfDsvi7kinChIJVRigg"

func TestCompressions(t *testing.T) {
	text := trail(denied("a"), other("b"))
	f := func(content string, want ...string) {
		t.Helper()
		c, ids := run(t, Options{}, memory{"x": content})
		if c.Objects.Read != 1 || !slices.Equal(ids, want) {
			t.Errorf("%s %v, denials %q", result(c), c.Failures, ids)
		}
	}
	f(zst(t, text), "a")
	f(zst(t, trail(denied("a")))+zst(t, trail(denied("b"))), "a", "b") // frames in a row
	f(gz(text), "a")
	f(gz(gz(text)), "a") // Firehose packs what CloudWatch Logs has packed
	f(gz(zst(t, text)), "a")
	unpacked, err := base64.StdEncoding.DecodeString(bz)
	if err != nil {
		t.Fatal(err)
	}
	f(string(unpacked))
	f(string(unpacked) + string(unpacked))

	broken := func(content, want string) {
		t.Helper()
		c, ids := run(t, Options{}, memory{"x": content})
		if c.Objects.Failed != 1 || len(ids) > 0 || !strings.Contains(c.Failures[0].Err.Error(), want) {
			t.Errorf("%s %v, denials %q, want %s", result(c), c.Failures, ids, want)
		}
	}
	packed := zst(t, text)
	broken(packed[:len(packed)-5], "truncated")
	broken(packed[:len(packed)-1]+"x", "zstd checksum does not match")
	broken(packed+"garbage", "garbage")
	broken("BZh9garbage, not a block", "bzip2")
	broken(string(unpacked[:20]), "truncated")
	broken(string(unpacked)+"garbage", "bzip2")
}

func TestArchives(t *testing.T) {
	members := []packed{
		{"logs/", ""},
		{"logs/a.json.gz", gz(trail(denied("a")))},
		{"logs/b.json", denied("b") + "\n" + other("c")},
		{"../../etc/d.json.zst", zst(t, trail(denied("d")))},
		{"evil\n\x1b[31m.json", trail(denied("e"))},
		{"logs/readme.txt", "logs"},
		{"logs/bad.json.gz", gz(trail(denied("f")))[:40]},
		{"111122223333/CloudTrail-Digest/us-east-1/g.json", trail(denied("g"))},
		{"us-east-1/2026/10/05/h.json", trail(denied("h"))},
		{"us-east-1/2026/11/05/i.json", trail(deniedAt("i", "2026-11-05T00:00:00Z"))},
		{"inner.zip", zipOf(t, packed{"j.json", trail(denied("j"))})},
	}
	window := Options{To: mustTime("2026-10-31T00:00:00Z")}
	for kind, content := range map[string]string{
		"tar": tarOf(t, members...), "tar.gz": gz(tarOf(t, members...)), "tar.zst": zst(t, tarOf(t, members...)), "zip": zipOf(t, members...),
	} {
		c, ids := run(t, window, memory{"x": content})
		if want := []string{"a", "b", "d", "e", "h"}; !slices.Equal(ids, want) {
			t.Errorf("%s: denials %q", kind, ids)
		}
		o := c.Objects
		if o.Listed != 9 || o.Read != 5 || o.Failed != 1 || o.Skipped[coverage.SkipNotCloudTrail] != 1 || o.Skipped[coverage.SkipOutsideWindow] != 1 || o.Skipped[coverage.SkipUnsupported] != 1 {
			t.Errorf("%s: %+v %v", kind, o, c.Failures)
		}
		if c.Failures[0].Object != "x/logs/bad.json.gz" || !slices.Equal(c.Pruned, []string{"x/111122223333/CloudTrail-Digest"}) {
			t.Errorf("%s: failed %v, pruned %v", kind, c.Failures, c.Pruned)
		}
	}
}

// Where an archive itself breaks none of its members counts: a checksum that
// covers all of them is wrong, or never came.
func TestBrokenArchives(t *testing.T) {
	all := []packed{{"a.json", trail(denied("a"))}, {"b.json", strings.Repeat(" ", 2000) + trail(denied("b"))}}
	f := func(name, content, want string) {
		t.Helper()
		c, ids := run(t, Options{}, memory{"x": content, "y": trail(denied("y"))})
		if !slices.Equal(ids, []string{"y"}) || c.Objects.Listed != 2 || c.Objects.Failed != 1 || !strings.Contains(c.Failures[0].Err.Error(), want) {
			t.Errorf("%s: denials %q, %+v %v", name, ids, c.Objects, c.Failures)
		}
	}
	tarball := tarOf(t, all...)
	packed := gz(tarball)
	f("tar cut", tarball[:3*512+100], "truncated")
	f("tar.gz cut", packed[:len(packed)-20], "truncated")
	f("tar.gz with a wrong checksum", packed[:len(packed)-8]+"abcd"+packed[len(packed)-4:], "checksum")
	f("tar with a broken header", tarball[:1024]+strings.Repeat("x", 512)+tarball[1536:], "corrupt")
	archive := zipOf(t, all...)
	f("zip cut", archive[:len(archive)-10], "corrupt")

	// A member of a zip has a checksum of its own.
	i := strings.Index(archive, "PK\x07\x08") // after the first member
	c, ids := run(t, Options{}, memory{"x": archive[:i-3] + "xyz" + archive[i:]})
	if !slices.Equal(ids, []string{"b"}) || c.Objects.Failed != 1 || c.Failures[0].Object != "x/a.json" {
		t.Errorf("denials %q, %+v %v", ids, c.Objects, c.Failures)
	}

	c, _ = run(t, Options{}, memory{"x": zipOf(t), "y": tarOf(t)})
	if c.Objects.Read != 0 || c.Objects.Failed != 0 {
		t.Errorf("empty archives: %+v %v", c.Objects, c.Failures)
	}
}

func FuzzArchive(f *testing.F) {
	var t testing.T
	f.Add([]byte(tarOf(&t, packed{"a.json", trail(denied("a"))}, packed{"b", "x"})))
	f.Add([]byte(zipOf(&t, packed{"a.json", trail(denied("a"))}, packed{"b", "x"})))
	f.Add([]byte(zst(&t, trail(denied("a")))))
	f.Fuzz(func(t *testing.T, data []byte) {
		run(t, Options{MaxObject: 1 << 20}, memory{"x": string(data)}) // it adds up, for any number of workers
	})
}
