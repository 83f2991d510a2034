package policyfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Limits of what is read. The largest file that AWS makes is a snapshot of AWS Config,
// and of a large account it has some tens of megabytes.
const (
	maxBytes = 256 << 20 // of a file, decompressed
	maxFiles = 200_000
)

var (
	gzipMagic = []byte{0x1f, 0x8b}
	mark      = []byte("\xef\xbb\xbf") // what some editors put before UTF-8
)

// content returns the text of a file, and when it was written.
func content(name string) (text []byte, at time.Time, err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, at, err
	case !info.Mode().IsRegular() && info.Mode()&fs.ModeNamedPipe == 0:
		return nil, at, errors.New("it is neither a file nor a pipe")
	}
	in, err := os.Open(name)
	if err != nil {
		return nil, at, err
	}
	defer in.Close()
	if text, err = limited(in); err != nil {
		return nil, at, err
	}
	if bytes.HasPrefix(text, gzipMagic) {
		unpacked, err := gzip.NewReader(bytes.NewReader(text))
		if err != nil {
			return nil, at, err
		}
		if text, err = limited(unpacked); err != nil {
			return nil, at, err
		}
	}
	return trimmed(bytes.TrimPrefix(text, mark)), info.ModTime().UTC(), nil
}

// limited reads everything, if it is not too much.
func limited(in io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxBytes+1))
	if err == nil && len(text) > maxBytes {
		err = fmt.Errorf("it is larger than %d MiB", maxBytes>>20)
	}
	return text, err
}
