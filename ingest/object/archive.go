package object

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
)

// Member is an object in an archive. Its name is only shown, and never used as a
// path.
type Member struct {
	Name string
	open func() (io.ReadCloser, error)
}

// Open opens the member. It can be read until the next member comes.
func (m Member) Open() (io.ReadCloser, error) { return m.open() }

// Members calls found for each file in the archive that was opened, one after
// another. An error of found ends it. An error of the archive itself may come
// after its last member: it means that the archive is damaged.
func (r *Reader) Members(found func(Member) error) error {
	if r.isZip {
		return r.limits.explain(r.zip(found))
	}
	return r.limits.explain(r.tar(found))
}

func (r *Reader) tar(found func(Member) error) error {
	archive := tar.NewReader(r.text)
	for {
		h, err := archive.Next()
		if errors.Is(err, tar.ErrInsecurePath) {
			err = nil // the name is only shown
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return brokenArchive(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		err = found(Member{h.Name, func() (io.ReadCloser, error) { return io.NopCloser(archive), nil }})
		if err != nil {
			return err
		}
	}
	// A checksum also covers the padding after the end.
	_, err := io.Copy(io.Discard, r.text)
	return err
}

// zip copies the archive to a temporary file first, as the list of its members
// is at the end.
func (r *Reader) zip(found func(Member) error) error {
	file, err := os.CreateTemp("", "trail403-*.zip")
	if err != nil {
		return fmt.Errorf("unpacking a zip archive: %w", err)
	}
	// Without a name, it is gone however the run ends. Some systems remove only files
	// that are closed.
	if os.Remove(file.Name()) != nil {
		defer os.Remove(file.Name())
	}
	defer file.Close()
	n, err := io.Copy(file, r.in)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(file, n)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return brokenArchive(err)
	}
	for _, f := range archive.File {
		if !f.Mode().IsRegular() {
			continue
		}
		err := found(Member{f.Name, func() (io.ReadCloser, error) {
			body, err := f.Open()
			if err != nil {
				// Explained, as the error names the temporary file.
				return nil, fmt.Errorf("opening a member of the archive: %w", r.limits.explain(err))
			}
			return body, nil
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// brokenArchive leaves errors from below the archive as they are.
func brokenArchive(err error) error {
	if errors.Is(err, tar.ErrHeader) || errors.Is(err, zip.ErrFormat) {
		return fmt.Errorf("%w: the archive is corrupt", err)
	}
	return err
}
