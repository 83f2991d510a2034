package object

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Members calls found for each file in the archive that was opened, one after
// another. An error of found ends it. An error of the archive itself may come
// after its last member: it means that the archive is damaged, or exceeds a limit.
func (r *Reader) Members(found func(Member) error) error {
	if r.isZip {
		return r.zip(found)
	}
	return r.tar(found)
}

func (r *Reader) tar(found func(Member) error) error {
	archive := tar.NewReader(r.text)
	for members := 1; ; members++ {
		h, err := archive.Next()
		if errors.Is(err, tar.ErrInsecurePath) {
			err = nil // the name is only shown
		}
		switch {
		case err == io.EOF:
			// A checksum also covers the padding after the end.
			_, err := io.Copy(io.Discard, r.text)
			return r.explain(err)
		case errors.Is(err, tar.ErrHeader):
			return r.explain(fmt.Errorf("%w: the archive is corrupt", err))
		case err != nil:
			return r.explain(err)
		case members > r.limits.MaxMembers:
			return r.tooMany()
		case h.Typeflag != tar.TypeReg:
			continue
		}
		err = r.hand(Member{h.Name, func() (*memberBody, error) { return r.tarBody(archive, h), nil }}, found)
		if err != nil {
			return err
		}
	}
}

// tarBody returns the body of a member. The holes of a sparse file are not in the
// archive, so they count when they are read.
func (r *Reader) tarBody(archive io.Reader, h *tar.Header) *memberBody {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			archive = &counter{Reader: archive, total: r.archive}
			break
		}
	}
	return &memberBody{archive, io.NopCloser(nil), r.archive}
}
