package store_test

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"trail403/ingest/source"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/place"
)

// tarOf makes an archive of names and contents.
func tarOf(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: members[i], Size: int64(len(members[i+1])), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Two collectors read the same objects at the same time: each is added once, whoever
// commits first, and also where one has more than the other.
func TestTwoCollectors(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	for n := range 10 {
		write(t, root, objectName(5, n), trail(denied(fmt.Sprint("a", n))))
	}
	all := func() {
		if added := mustCollect(t, p, store.Options{CommitObjects: 2}, src); added.Objects != 10 {
			t.Errorf("the other one: %+v", added)
		}
		write(t, root, objectName(7, 1), trail(denied("c")))
	}
	added, err := collect(t.Context(), p, store.Options{}, all, src)
	if err != nil || added.Lost != 10 || len(added.Runs) != 0 {
		t.Errorf("%+v, %v", added, err)
	}
	some := func() {
		if added := mustCollect(t, p, store.Options{}, src); added.Objects != 2 {
			t.Errorf("the other one: %+v", added)
		}
	}
	write(t, root, objectName(7, 2), trail(denied("d"), deleted("e")))
	if added, err = collect(t.Context(), p, store.Options{}, some, src); err != nil || added.Lost != 2 {
		t.Errorf("%+v, %v", added, err)
	}
	same(t, p, src)
}

// What another collector took is dropped, and the rest is added.
func TestSomeTaken(t *testing.T) {
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	for n := range 6 {
		write(t, root, objectName(5, n), trail(denied(fmt.Sprint("a", n)), deleted(fmt.Sprint("b", n))))
	}
	hidden := t.TempDir() + "/hidden"
	first := root + "/" + objectName(5, 0)
	other := func() {
		if err := os.Rename(first, hidden); err != nil {
			t.Fatal(err)
		}
		if added := mustCollect(t, p, store.Options{CommitObjects: 2}, src); added.Objects != 5 {
			t.Errorf("the other one: %+v", added)
		}
		if err := os.Rename(hidden, first); err != nil {
			t.Fatal(err)
		}
	}
	added, err := collect(t.Context(), p, store.Options{}, other, src)
	if err != nil || added.Lost != 5 || added.Objects != 1 || added.Denials != 1 || added.Changes != 1 {
		t.Errorf("%+v, %v", added, err)
	}
	same(t, p, src)
}

// faulty is a place where something goes wrong.
type faulty struct {
	place.Place
	create func(name string, create func() error) error
}

func (f faulty) Create(ctx context.Context, name string, staged *os.File) error {
	return f.create(name, func() error { return f.Place.Create(ctx, name, staged) })
}

// A file can be created while the answer is lost, so that the next attempt finds it: that
// was a success.
func TestLostAnswer(t *testing.T) {
	root, folder := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	write(t, root, objectName(5, 1), trail(denied("a")))
	p := faulty{folder, func(_ string, create func() error) error {
		if err := create(); err != nil {
			return err
		}
		return create()
	}}
	if _, err := open(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	if added := mustCollect(t, p, store.Options{}, src); added.Objects != 1 || added.Lost != 0 {
		t.Errorf("%+v", added)
	}
	same(t, folder, src)
}

// A place in which a file can be created twice is no place for a store.
func TestNoCondition(t *testing.T) {
	folder := place.Folder{Path: t.TempDir()}
	p := faulty{folder, func(name string, create func() error) error {
		if err := folder.Remove(t.Context(), name); err != nil {
			return err
		}
		return create()
	}}
	if err := ledger.Make(t.Context(), p); err == nil || !strings.Contains(err.Error(), "conditional writes") {
		t.Errorf("%v", err)
	}
	if files, err := folder.List(t.Context(), ""); len(files) > 0 || err != nil {
		t.Errorf("%v, %v", files, err)
	}
}

// Another collector takes everything between two commits of this one, which were both
// right about their numbers.
func TestTakenBetween(t *testing.T) {
	root, folder := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	for n := range 6 {
		write(t, root, objectName(5, n), trail(denied(fmt.Sprint("a", n))))
	}
	if _, err := open(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	p := faulty{folder, func(name string, create func() error) error {
		err := create()
		if err == nil && name == ledger.RunName(1) {
			if added := mustCollect(t, folder, store.Options{}, src); added.Objects != 4 {
				t.Errorf("the other one: %+v", added)
			}
		}
		return err
	}}
	if added := mustCollect(t, p, store.Options{CommitObjects: 2}, src); added.Objects != 2 || added.Lost != 4 {
		t.Errorf("%+v", added)
	}
	same(t, folder, src)
}
