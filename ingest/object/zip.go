package object

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
)

// zip copies the archive to a temporary file first, as the list of its members
// is at the end.
func (r *Reader) zip(found func(Member) error) error {
	file, err := r.limits.copyToTemp(r.in, ".zip")
	if err != nil {
		return r.explain(err)
	}
	defer file.remove()
	members, err := r.unzip(file)
	if err != nil {
		return r.explain(err)
	}
	for _, f := range members {
		if !f.Mode().IsRegular() {
			continue
		}
		err := r.hand(Member{f.Name, func() (*memberBody, error) {
			body, err := f.Open()
			if err != nil {
				// Explained, as the error names the temporary file.
				return nil, fmt.Errorf("opening a member of the archive: %w", r.explain(err))
			}
			return &memberBody{body, body, r.archive}, nil
		}}, found)
		if err != nil {
			return err
		}
	}
	return nil
}

// unzip returns the members of an archive. The sizes that they
// claim to have count at once: members may overlap, so that a small archive holds
// terabytes, and none can hold more than it claims.
func (r *Reader) unzip(file *tempFile) ([]*zip.File, error) {
	list := &directory{ReaderAt: file, members: r.limits.MaxMembers}
	archive, err := zip.NewReader(list, file.size)
	list.isRead = true
	switch {
	case list.isTooLong, err == nil && len(archive.File) > r.limits.MaxMembers:
		return nil, r.tooMany()
	case errors.Is(err, zip.ErrFormat):
		return nil, fmt.Errorf("%w: the archive is corrupt", err)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, err
	}
	for _, f := range archive.File {
		if err := r.archive.add(int64(min(f.UncompressedSize64, math.MaxInt64))); err != nil {
			return nil, err
		}
	}
	return archive.File, nil
}

// directory is a zip archive whose list of members is being read. The package zip
// holds all of the list in memory, so this one ends it when it becomes too long. It
// counts what starts the entry of a member, and bytes.
type directory struct {
	io.ReaderAt
	members   int // most of them
	entries   int
	bytes     int
	isTooLong bool
	isRead    bool // the rest is the content of members
}

const (
	// entrySize is how many bytes an entry may have on average.
	entrySize = 256
	// tail is how much of the end may be read before the list.
	tail = 66 << 10
)

var errTooLong = errors.New("the list of members is too long")

func (d *directory) ReadAt(p []byte, at int64) (int, error) {
	n, err := d.ReaderAt.ReadAt(p, at)
	if d.isRead {
		return n, err
	}
	d.entries += bytes.Count(p[:n], []byte("PK\x01\x02"))
	d.bytes += n
	d.isTooLong = d.entries > d.members+tail/46 || d.bytes/entrySize > d.members+tail
	if d.isTooLong {
		return 0, errTooLong
	}
	return n, err
}
