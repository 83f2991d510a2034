//go:build linux

package store_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"trail403/ingest/store"
	"trail403/ingest/store/place"
)

// full is a place on a disk that is full from a number of temporary files on.
type full struct {
	place.Place
	left int
	name string
}

// Stage returns a file that takes nothing. It has another name than the device, since
// whoever discards it removes that name.
func (f *full) Stage() (*os.File, error) {
	if f.left--; f.left >= 0 {
		return f.Place.Stage()
	}
	fd, err := syscall.Open("/dev/full", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), f.name), nil
}

// A full disk is an error, and the store is as before. When there is room, the run is
// repeated.
func TestFullDisk(t *testing.T) {
	for left := range 4 {
		root, src, p := filled(t, 3)
		write(t, root, objectName(4, 1), trailOf("new"))
		f := &full{p, left, filepath.Join(t.TempDir(), "full")}
		added, err := collect(t.Context(), f, store.Options{}, nil, src)
		if isFull := left < 2; isFull != errors.Is(err, syscall.ENOSPC) || isFull && len(added.Runs) > 0 {
			t.Fatalf("with room for %d files: %+v, %v", left, added, err)
		}
		check(t, p)
		f.left = left
		if _, err := store.Compact(t.Context(), f, 0, then); (left == 0) != errors.Is(err, syscall.ENOSPC) {
			t.Errorf("compact: %v", err)
		}
		check(t, p)
		mustCollect(t, p, store.Options{}, src)
		same(t, p, src)
	}
}

// nobody is a user without rights.
const nobody = 65534

// A folder that cannot be written to is an error that names it, and can be read.
func TestReadOnly(t *testing.T) {
	if os.Geteuid() == 0 { // who can write everywhere
		again := exec.Command("/proc/self/exe", "-test.run", "^TestReadOnly$", "-test.v")
		again.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		again.Env = append(os.Environ(), "TMPDIR=/tmp")
		if out, err := again.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("--- PASS: TestReadOnly")) {
			t.Errorf("as another user: %v\n%s", err, out)
		}
		return
	}
	root, src, p := filled(t, 2)
	same(t, p, src)
	for _, dir := range []string{p.Path, filepath.Join(p.Path, "events"), filepath.Join(p.Path, "seen")} {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(dir, 0o700)
	}
	same(t, p, src)
	if added := mustCollect(t, p, store.Options{}, src); len(added.Runs) > 0 {
		t.Errorf("%+v", added)
	}
	write(t, root, objectName(3, 1), trailOf("new"))
	if added, err := collect(t.Context(), p, store.Options{}, nil, src); !errors.Is(err, fs.ErrPermission) || len(added.Runs) > 0 {
		t.Errorf("%+v, %v", added, err)
	}
	check(t, p)
}
