package source

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// each returns what a run finds in sources, in its order.
func each(t *testing.T, root string, sources ...Source) (names []string) {
	t.Helper()
	for range 2 { // nothing is remembered from one run to the next
		names = nil
		for f, err := range Each(t.Context(), sources, Query{}) {
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimPrefix(f.Name, root+"/")
			if f.Pruned {
				name += " pruned"
			}
			if f.Err != nil {
				name += " " + f.Err.Error()
			}
			names = append(names, name)
		}
	}
	return names
}

// A file is read once, by whatever names it is reached: named twice, through
// links, in a folder that lies in another one, or as one of several hard links.
func TestEachFileOnce(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{"a", "d/b", "d/e/c", "d/CloudTrail-Digest/x", "outside/o", "outside/p"} {
		write(t, filepath.Join(root, f), f)
	}
	for name, target := range map[string]string{
		"links/to-a": "../a", "links/to-a-too": "to-a", "links/to-d": "../d", "d/e/up": "..", "d/to-c": "e/c", "d/0-to-o": "../outside/o", "d/0-to-o-too": "0-to-o",
	} {
		path := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.Symlink(target, path)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Link(filepath.Join(root, "a"), filepath.Join(root, "hard")), os.Link(filepath.Join(root, "a"), filepath.Join(root, "d/hard"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	f := func(paths string, want ...string) {
		t.Helper()
		var sources []Source
		for _, p := range strings.Fields(paths) {
			sources = append(sources, Local{p})
		}
		if got := each(t, root, sources...); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", paths, got, want)
		}
	}
	const pruned = "d/CloudTrail-Digest pruned"
	f("a a ./a d/../a "+root+"/a", "a")
	f("a links/to-a links/to-a-too hard d/hard", "a")
	f("links/to-a a", "links/to-a")
	// Links come last, and give way to what they lead to.
	f("d", pruned, "d/b", "d/e/c", "d/hard", "d/0-to-o")
	f("d d d/e d/b "+root+"/d", pruned, "d/b", "d/e/c", "d/hard", "d/0-to-o")
	f("d/e d", "d/e/c", "d/e/up/CloudTrail-Digest pruned", "d/e/up/b", "d/e/up/hard", "d/e/up/0-to-o")
	f("d/b d", "d/b", pruned, "d/e/c", "d/hard", "d/0-to-o")
	f("d outside", pruned, "d/b", "d/e/c", "d/hard", "d/0-to-o", "outside/p")
	f("outside d", "outside/o", "outside/p", pruned, "d/b", "d/e/c", "d/hard")
	f("d d/CloudTrail-Digest", pruned, "d/b", "d/e/c", "d/hard", "d/0-to-o", "d/CloudTrail-Digest/x") // asked for by name
	f("d/CloudTrail-Digest d", "d/CloudTrail-Digest/x", "d/b", "d/e/c", "d/hard", "d/0-to-o")
	f("links", "links/to-a", "links/to-d/CloudTrail-Digest pruned", "links/to-d/b", "links/to-d/e/c", "links/to-d/0-to-o")
	f(".", "a", pruned, "d/b", "d/e/c", "outside/o", "outside/p")
	f("/dev/null /dev/null", "/dev/null")
}

// Two files with the same text are two files.
func TestEachDiffers(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{"a/x", "b/x"} {
		write(t, filepath.Join(root, f), "same")
	}
	if got, want := each(t, root, Local{root + "/a"}, Local{root + "/b"}), []string{"a/x", "b/x"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Overlapping places in a bucket list an object once; what does not overlap is
// left alone.
func TestEachObjectOnce(t *testing.T) {
	k := newKeys(2, "AWSLogs/1/a", "AWSLogs/1/b", "AWSLogs/1/CloudTrail-Digest/x", "AWSLogs/2/c", "AWSLogs-old/d", "e")
	f := func(places string, want ...string) {
		t.Helper()
		var sources []Source
		for _, p := range strings.Fields(places) {
			l, err := ParseLocation(p)
			if err != nil {
				t.Fatal(err)
			}
			sources = append(sources, Bucket{Store: k, Location: l})
		}
		got := each(t, "", sources...)
		for i := range got {
			got[i] = strings.TrimPrefix(got[i], "s3://trail/")
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", places, got, want)
		}
	}
	const pruned = "AWSLogs/1/CloudTrail-Digest pruned"
	f("s3://trail/AWSLogs/ s3://trail/AWSLogs/", pruned, "AWSLogs/1/a", "AWSLogs/1/b", "AWSLogs/2/c")
	f("s3://trail/AWSLogs/1/ s3://trail/AWSLogs s3://trail/AWSLogs/2/c", pruned, "AWSLogs/1/a", "AWSLogs/1/b", "AWSLogs/2/c")
	f("s3://trail/AWSLogs/1/a s3://trail/AWSLogs/ https://trail.s3.amazonaws.com/AWSLogs/2/c", pruned, "AWSLogs/1/a", "AWSLogs/1/b", "AWSLogs/2/c")
	f("s3://trail s3://trail/AWSLogs", "AWSLogs-old/d", pruned, "AWSLogs/1/a", "AWSLogs/1/b", "AWSLogs/2/c", "e")
	f("s3://trail/AWSLogs/1/ s3://trail/AWSLogs/2/", pruned, "AWSLogs/1/a", "AWSLogs/1/b", "AWSLogs/2/c")
	f("s3://trail/e s3://other/e", "e", "s3://other/e")
}

// An error ends the listing, and so does a consumer that wants no more.
func TestEachEnds(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a"), "a")
	gone := Local{filepath.Join(root, "gone")}
	n := 0
	for _, err := range Each(t.Context(), []Source{gone, Local{root}}, Query{}) {
		if n++; !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v", err)
		}
	}
	for f, err := range Each(t.Context(), []Source{Local{root}, gone, Bucket{Store: newKeys(1, "x"), Location: Location{"b", ""}}}, Query{}) {
		if n++; err != nil || f.Name != filepath.Join(root, "a") {
			t.Errorf("got %+v, %v", f, err)
		}
		break
	}
	why := errors.New("why")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	for _, err := range Each(ctx, []Source{Local{root}}, Query{}) {
		if n++; err != why {
			t.Errorf("got %v", err)
		}
	}
	if n != 3 {
		t.Errorf("%d entries", n)
	}
}

// A list names a file once, however it writes its path, and an object likewise.
func TestListedOnce(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{"a", "b"} {
		write(t, filepath.Join(root, f), f)
	}
	if err := errors.Join(os.Symlink("a", filepath.Join(root, "link")), os.Link(filepath.Join(root, "a"), filepath.Join(root, "hard"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	list := "a\n./a\n" + root + "/a\nlink\nhard\nb\ns3://bucket/a\nhttps://bucket.s3.amazonaws.com/a\n" +
		"s3://bucket/1/CloudTrail-Digest/x\ns3://bucket/1/CloudTrail-Digest/y\ns3://bucket/1/CloudTrail-Digest/\n"
	var got []string
	for e, err := range (Listed{Lines: strings.NewReader(list), Name: "list"}).List(t.Context(), Query{}) {
		if err != nil && err.Error() != "list:11: this names a folder; a list names objects" {
			t.Fatal(err)
		}
		got = append(got, e.Name)
	}
	if want := []string{"a", "b", "s3://bucket/a", "s3://bucket/1/CloudTrail-Digest", ""}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A password in a URL does not keep it from being read, and is in no error.
func TestPasswords(t *testing.T) {
	for _, text := range []string{"https://ana:hunter2@trail.s3.amazonaws.com/a", "https://ana:hunter2@us-east-1.console.aws.amazon.com/s3/buckets/trail?prefix=a"} {
		if l, err := ParseLocation(text); err != nil || l != (Location{"trail", "a"}) {
			t.Errorf("%s: got %v, %v", text, l, err)
		}
	}
	for _, text := range []string{"s3://ana:hunter2@trail/a", "https://ana:hunter2@example.com/a", "https://ana:hunter2@%zz/a", "s3a://ana:hunter2"} {
		if _, err := ParseLocation(text); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: got %v", text, err)
		}
	}
	for _, err := range (Local{"ftp://ana:hunter2@example.com/a"}).List(t.Context(), Query{}) {
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("got %v", err)
		}
	}
	for _, err := range (Listed{Lines: strings.NewReader("ftp://ana:hunter2@example.com/a"), Name: "list"}).List(t.Context(), Query{}) {
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("got %v", err)
		}
	}
}
