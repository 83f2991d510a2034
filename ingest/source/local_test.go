package source

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
)

// list returns what a source finds, one line an entry, and the error it ends with.
func list(t *testing.T, ctx context.Context, src Source, root string) (lines []string, failed error) {
	t.Helper()
	for e, err := range src.List(ctx, Query{}) {
		if failed != nil {
			t.Error("something came behind an error")
		}
		if failed = err; err != nil {
			continue
		}
		name := strings.TrimPrefix(e.Name, root+string(filepath.Separator))
		switch {
		case e.Pruned:
			name += " pruned"
		case e.Err != nil:
			name += fmt.Sprintf(" %d %v", e.Size, e.Err)
		default:
			name += fmt.Sprintf(" %d", e.Size)
		}
		lines = append(lines, name)
	}
	return lines, failed
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func TestLocalList(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{"b/2", "b/1", "a", "c/CloudTrail-Digest/x", "111122223333/Config/x", "z\n\x1b[31m", "d/e/f/g"} {
		write(t, filepath.Join(root, f), f)
	}
	for name, target := range map[string]string{"b/root": "..", "link": "b/1", "gone": "b/3", "d/e/self": "self", "d/e/f/up": "../../../d"} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	f := func(path string, want ...string) {
		t.Helper()
		for range 2 { // the order does not change
			if got, err := list(t, context.Background(), Local{path}, path); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s, %v\n got %q\nwant %q", path, err, got, want)
			}
		}
	}
	f(root, "111122223333/Config pruned", "a 1", "b/1 3", "b/2 3", "c/CloudTrail-Digest pruned", "d/e/f/g 7", "d/e/self -1 too many levels of symbolic links",
		"gone -1 no such file or directory", "z\n\x1b[31m 7")
	f(filepath.Join(root, "c/CloudTrail-Digest"), "x 21") // asked for by name
	f(filepath.Join(root, "a"), filepath.Join(root, "a")+" 1")
	f(filepath.Join(root, "link"), filepath.Join(root, "link")+" 3")
	f(filepath.Join(root, "d/e/f"), "g 7", "up/e/self -1 too many levels of symbolic links")
	f(t.TempDir())
}

func TestLocalListFails(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	if got, err := list(t, context.Background(), Local{missing}, ""); !errors.Is(err, os.ErrNotExist) || len(got) > 0 || err.Error() != "reading source "+missing+": no such file or directory" {
		t.Errorf("got %q, %v", got, err)
	}
	root := t.TempDir()
	write(t, filepath.Join(root, "a"), "")
	why := errors.New("why")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(why)
	if got, err := list(t, ctx, Local{root}, root); !errors.Is(err, why) || len(got) > 0 {
		t.Errorf("cancelled: got %q, %v", got, err)
	}
	for range (Local{root}).List(context.Background(), Query{}) {
		break // a consumer may stop
	}
}

// What vanishes while the tree is walked is named.
func TestLocalVanishes(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{"a", "b", "c/d", "e"} {
		write(t, filepath.Join(root, f), f)
	}
	var got []string
	for e, err := range (Local{root}).List(context.Background(), Query{}) {
		if len(got) == 0 {
			os.Remove(filepath.Join(root, "b"))
			os.RemoveAll(filepath.Join(root, "c"))
		}
		got = append(got, fmt.Sprint(filepath.Base(e.Name), " ", e.Err, " ", err))
	}
	want := []string{"a <nil> <nil>", "b no such file or directory <nil>", "c no such file or directory <nil>", "e <nil> <nil>"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOpen(t *testing.T) {
	f := func(src Source, e Entry) {
		t.Helper()
		why := errors.New("why")
		ctx, cancel := context.WithCancelCause(context.Background())
		r, err := src.Open(ctx, e)
		if err != nil {
			t.Fatal(err)
		}
		var p [2]byte
		if n, err := io.ReadFull(r, p[:]); n != 2 || err != nil || string(p[:]) != "te" {
			t.Errorf("got %q, %v", p, err)
		}
		cancel(why)
		if n, err := r.Read(p[:]); n != 0 || err != why {
			t.Errorf("after the context ended: %d, %v", n, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, "text")
	f(Local{path}, Entry{Name: path})
	stdin := Stdin{strings.NewReader("text")}
	f(stdin, Entry{})
	if got, err := list(t, context.Background(), stdin, ""); err != nil || !slices.Equal(got, []string{"standard input -1"}) {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := (Local{}).Open(context.Background(), Entry{Name: path + "/missing"}); err == nil || err.Error() != "not a directory" {
		t.Errorf("got %v", err)
	}
}
