package ingest

import (
	"archive/tar"
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// limitsOfArchives checks the limits that archives alone have. Whatever the bytes of
// an archive are, they count: padding, and members that are skipped or fail.
func limitsOfArchives(t *testing.T, f func(Options, string, coverage.Limit, int64)) {
	one := packed{"a.json", trail(denied("a"))}
	big := strings.Repeat(" ", 1<<20)
	zeros := strings.Repeat("\x00", 1<<20)
	within := func(n int64) Options { return Options{MaxArchive: n} }

	three := []packed{one, {"folder/", ""}, {"b", "x"}}
	for _, archive := range []string{tarOf(t, three...), gz(tarOf(t, three...)), zipOf(t, three...)} {
		f(Options{MaxMembers: 3}, archive, "", 0)
		f(Options{MaxMembers: 2}, archive, coverage.MaxMembers, 2)
	}

	for _, pack := range []func(string) string{func(s string) string { return s }, func(s string) string { return gz(s) }, func(s string) string { return gz(gz(s)) }} {
		f(within(1<<20), pack(tarOf(t, one)), "", 0)
		f(within(1<<20), pack(tarOf(t, one)+zeros), coverage.MaxArchive, 1<<20)
		f(within(1<<20), pack(tarOf(t, one, packed{"readme", "#" + big})), coverage.MaxArchive, 1<<20)
		f(within(1<<20), pack(tarOf(t, one, packed{"111122223333/CloudTrail-Digest/x", big})), coverage.MaxArchive, 1<<20)
		f(within(1<<20), pack(tarOf(t, packed{"b.json", gz("{" + big)}, one)), coverage.MaxArchive, 1<<20)
		f(within(1<<20), pack(tarOf(t, packed{"b.json", trail(denied("b")) + big[:1<<19]}, one)), "", 0)
		f(within(1<<20), pack(tarOf(t, packed{"b.json", gz(gz(trail(denied("b")) + big[:1<<19]))}, one)), "", 0)
		f(within(1<<20), pack(sparseTar(t, 1<<30)), coverage.MaxArchive, 1<<20)
	}
	// A member that is compressed twice, whose compressed bytes are many.
	f(within(1<<20), tarOf(t, packed{"b.json", gz(strings.Repeat(gz(""), 60_000) + gz(one.content))}), coverage.MaxArchive, 1<<20)
	f(within(1<<30), gz(gz(tarOf(t, one))+zeros), "", 0)
	f(within(1<<20), gz(gz(tarOf(t, one))+zeros), coverage.MaxArchive, 1<<20)

	f(within(1<<20), zipOf(t, one), "", 0)
	f(within(1<<20), zipOf(t, one, packed{"b.json", "{" + big}), coverage.MaxArchive, 1<<20)
	f(within(1<<20), zipOf(t, one, packed{"b.json", gz("{" + big)}), coverage.MaxArchive, 1<<20)
	f(within(1<<20), zipOf(t, one, packed{"111122223333/CloudTrail-Digest/x", big}), coverage.MaxArchive, 1<<20)
	f(within(1<<30), overlapping(t, 2000), coverage.MaxArchive, 1<<30)
	f(Options{MaxMembers: 1999}, overlapping(t, 2000), coverage.MaxMembers, 1999)
	f(Options{MaxMembers: 10}, overlapping(t, 100_000), coverage.MaxMembers, 10) // more than are held in memory

	archive := zipOf(t, one)
	f(Options{MaxTemp: int64(len(archive))}, archive, "", 0)
	f(Options{MaxTemp: int64(len(archive) - 1)}, archive, coverage.MaxTemp, int64(len(archive)-1))
}

// overlapping is a zip archive with n members of 1 MiB, all of which are the same bytes.
func overlapping(t *testing.T, n int) string {
	archive := zipOf(t, packed{"000000.json", "{" + strings.Repeat(" ", 1<<20-1)})
	at := strings.Index(archive, "PK\x01\x02")
	end := strings.Index(archive, "PK\x05\x06")
	b := bytes.NewBufferString(archive[:at])
	for i := range n {
		b.WriteString(strings.Replace(archive[at:end], "000000", fmt.Sprintf("%06d", i), 1))
	}
	tail := []byte(archive[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(n))
	binary.LittleEndian.PutUint16(tail[10:], uint16(n))
	binary.LittleEndian.PutUint32(tail[12:], uint32(b.Len()-at))
	b.Write(tail)
	return b.String()
}

// sparseTar is a tar archive with a member that starts like JSON, and then is a hole of
// the size, which takes no bytes in the archive.
func sparseTar(t *testing.T, size int) string {
	t.Helper()
	record := func(key, value string) string {
		line := " " + key + "=" + value + "\n"
		n := len(line) + 1
		for len(fmt.Sprint(n))+len(line) > n {
			n++
		}
		return fmt.Sprint(n) + line
	}
	pax := record("GNU.sparse.major", "0") + record("GNU.sparse.minor", "1") + record("GNU.sparse.name", "a.json") +
		record("GNU.sparse.numblocks", "1") + record("GNU.sparse.map", "0,8") + record("GNU.sparse.size", fmt.Sprint(size))
	archive := []byte(tarOf(t, packed{"x", pax}, packed{"a.json", `{"a":1}` + "\n"}))
	archive[156] = tar.TypeXHeader
	sum := 0
	copy(archive[148:], "        ")
	for _, c := range archive[:512] {
		sum += int(c)
	}
	copy(archive[148:], fmt.Sprintf("%06o\x00 ", sum))
	return string(archive)
}

// Of millions of failures the first by name are kept, whoever found them in whatever
// order. All of them count.
func TestManyFailures(t *testing.T) {
	const n = 3000
	var members []packed
	for i := range n {
		members = append(members, packed{fmt.Sprintf("%06d.json.gz", (i*7)%n), "no JSON"})
	}
	members = append(members, packed{"good.json", trail(denied("a"))})
	archive := gz(tarOf(t, members...))
	objects := memory{"y": archive}
	for i := range 20 { // each worker finds some of them
		objects[fmt.Sprintf("x%02d", i)] = archive
	}
	c, ids := run(t, Options{}, objects)
	if c.Objects.Failed != 21*n || len(c.Failures) != 1000 || len(ids) != 21 {
		t.Fatalf("%+v, %d failures named, %d denials", c.Objects, len(c.Failures), len(ids))
	}
	for i, failure := range c.Failures {
		if want := fmt.Sprintf("x00/%06d.json.gz", i); failure.Object != want {
			t.Fatalf("failure %d is %s, want %s", i, failure.Object, want)
		}
	}
}

// The same holds for folders that are skipped. Each counts once, even if it has many
// members.
func TestManyFolders(t *testing.T) {
	const n = 25_000
	var members []packed
	for i := range 2 * n {
		members = append(members, packed{fmt.Sprintf("p%05d/CloudTrail-Digest/%d", (i*7)%n, i), ""})
	}
	c, _ := run(t, Options{}, memory{"x": tarOf(t, members...)})
	if c.Folders != n || len(c.Pruned) != 10_000 || c.Pruned[9999] != "x/p09999/CloudTrail-Digest" || c.Objects.Listed != 0 {
		t.Errorf("%d folders, %d named, %+v", c.Folders, len(c.Pruned), c.Objects)
	}
}

// A name of a megabyte is neither kept nor taken apart.
func TestLongNames(t *testing.T) {
	long := strings.Repeat("é/", 1<<18)
	c, ids := run(t, Options{}, memory{
		"x":  tarOf(t, packed{long + "a.json", trail(denied("a"))}, packed{"b.json", trail(denied("b"))}),
		long: "{\"Records\":[",
	})
	if c.Objects.Failed != 2 || !slices.Equal(ids, []string{"b"}) {
		t.Fatalf("%+v, denials %q", c.Objects, ids)
	}
	for _, f := range c.Failures {
		if len(f.Object) > 2100 || !strings.Contains(f.Object, "é/é…") && !strings.Contains(f.Object, "/…") {
			t.Errorf("%d bytes: %s", len(f.Object), f.Object)
		}
	}
	if err := c.Failures[0].Err.Error(); !strings.Contains(err, "the name is longer than 4096 bytes") {
		t.Error(err)
	}
}

// Archives that were made to fill the memory, the disk or the time.
func TestHostileArchives(t *testing.T) {
	shared := os.Getenv("TRAIL403_SHARED")
	if shared == "" || testing.Short() {
		t.Skip("TRAIL403_SHARED does not name the folder of the hostile archives")
	}
	for name, limit := range map[string]coverage.Limit{
		"tar-3m-failing-members.tgz.gz": coverage.MaxMembers,
		"tar-padding-20g.tgz.gz":        coverage.MaxArchive,
		"overlap-2000x1g.zip":           coverage.MaxArchive,
		"tar-150k-pruned.tgz":           "",
	} {
		path := filepath.Join(shared, "cases", "hostile", name)
		c, denials := runOnce(t, Options{}, 1, []source.Source{source.Local{Path: path}})
		if limit == "" {
			if c.Objects.Failed != 0 || c.Folders != 150_000 {
				t.Errorf("%s: %+v, %d folders", name, c.Objects, c.Folders)
			}
			continue
		}
		if len(c.Failures) != 1 || len(denials) > 0 {
			t.Errorf("%s: %+v", name, c.Failures)
		} else if over, ok := c.Failures[0].Err.(coverage.LimitError); !ok || over.Limit != limit {
			t.Errorf("%s: %v", name, c.Failures[0].Err)
		}
	}
}
