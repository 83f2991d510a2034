package ingest

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Archives hold objects as members, which are read one after another and count
// as objects of their own: ARCHIVE/MEMBER. What they are called is shown, and
// never used as a path. Members that fail are failures of their own; where the
// archive itself breaks, none of it counts.

const nestedArchive = "an archive within an archive"

var zipMagic = []byte("PK\x03\x04")

func isZip(in *bufio.Reader) bool {
	head, _ := in.Peek(len(zipMagic)) // an error comes again with the first read
	return bytes.Equal(head, zipMagic)
}

// isTar knows the formats of POSIX and GNU, which write their name behind the
// first member's.
func isTar(out *bufio.Reader) bool {
	const at = 257
	head, _ := out.Peek(at + 5)
	return len(head) == at+5 && string(head[at:]) == "ustar"
}

// tar reads the members of the tar archive in d.out.
func (d *decoder) tar(name string, found *Coverage) (Reason, error) {
	if d.member == nil {
		d.shape = nestedArchive
		return SkipUnsupported, nil
	}
	d.sink.Begin()
	defer d.sink.End()
	archive := tar.NewReader(d.out)
	for {
		h, err := archive.Next()
		if errors.Is(err, tar.ErrInsecurePath) {
			err = nil // the name is only shown
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", brokenArchive(err)
		}
		if h.Typeflag != tar.TypeReg || d.skipMember(name, h.Name, found) {
			continue
		}
		if err := d.readMember(name+"/"+h.Name, archive, nil, found); err != nil {
			return "", err
		}
	}
	// The padding behind the end is part of what a checksum covers.
	if _, err := io.Copy(io.Discard, d.out); err != nil {
		return "", err
	}
	return isArchive, nil
}

// brokenArchive keeps the errors of what lies below the archive as they are.
func brokenArchive(err error) error {
	if errors.Is(err, tar.ErrHeader) || errors.Is(err, zip.ErrFormat) {
		return fmt.Errorf("%w: the archive is corrupt", err)
	}
	return err
}

// zip reads the members of the zip archive in d.in. Its list of members stands
// at the end, so the archive is copied to a temporary file first.
func (d *decoder) zip(name string, found *Coverage) (Reason, error) {
	if d.member == nil {
		d.shape = nestedArchive
		return SkipUnsupported, nil
	}
	file, err := os.CreateTemp("", "trail403-*.zip")
	if err != nil {
		return "", fmt.Errorf("unpacking a zip archive: %w", err)
	}
	defer file.Close()
	defer os.Remove(file.Name())
	n, err := io.Copy(file, d.in)
	if err != nil {
		return "", err
	}
	archive, err := zip.NewReader(file, n)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return "", brokenArchive(err)
	}
	d.sink.Begin()
	defer d.sink.End()
	for _, f := range archive.File {
		if !f.Mode().IsRegular() || d.skipMember(name, f.Name, found) {
			continue
		}
		body, err := f.Open()
		if err != nil {
			found.Objects.Listed++
			// Not the error as it is: it names the temporary file.
			found.fail(name+"/"+f.Name, fmt.Errorf("opening a member of the archive: %w", d.opts.explain(err)))
			continue
		}
		if err := d.readMember(name+"/"+f.Name, body, body.Close, found); err != nil {
			return "", err
		}
	}
	return isArchive, nil
}

// skipMember says whether a member lies in a folder that is passed over.
func (d *decoder) skipMember(archive, name string, found *Coverage) bool {
	q := d.opts.query()
	for i, c := range name {
		if c == '/' && q.Prunes(name[:i]) {
			folder := archive + "/" + name[:i]
			if !slices.Contains(found.Pruned, folder) {
				found.Pruned = append(found.Pruned, folder)
			}
			return true
		}
	}
	return false
}

// readMember reads a member of an archive as an object.
func (d *decoder) readMember(name string, body io.Reader, done func() error, found *Coverage) error {
	if done == nil {
		done = func() error { return nil }
	}
	found.Objects.Listed++
	q := d.opts.query()
	if reason := unwanted(&q, name); reason != "" {
		found.skip(reason, 1)
		return done()
	}
	return d.member.stream(name, body, done, found)
}
