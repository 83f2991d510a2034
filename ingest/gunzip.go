package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

var (
	gzipMagic   = []byte{0x1f, 0x8b}
	errCut      = errors.New("gzip stream ends early: the object is truncated")
	errTrailing = errors.New("gzip stream is followed by garbage: the object is corrupt")
)

// gunzip reads the members of a gzip file one after another. Zeros behind the
// last are the padding of tapes and block devices, as in gzip(1); anything else
// there is an error.
//
// It drives the members itself, since gzip.Reader takes padding for an error
// and a header that ends within its file name for the end of the file.
type gunzip struct {
	in     *bufio.Reader
	member gzip.Reader
}

// reset begins with the first member, which must be there.
func (g *gunzip) reset(in *bufio.Reader) error {
	g.in = in
	err := g.member.Reset(in)
	g.member.Multistream(false)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return errCut
	}
	return err
}

func (g *gunzip) Read(p []byte) (int, error) {
	for {
		n, err := g.member.Read(p)
		switch {
		case err == io.ErrUnexpectedEOF:
			return n, errCut
		case err != io.EOF:
			return n, err
		case n > 0:
			return n, nil
		}
		if err := g.next(); err != nil {
			return 0, err
		}
	}
}

// next goes to the next member. It returns io.EOF if there is none.
func (g *gunzip) next() error {
	head, err := g.in.Peek(len(gzipMagic))
	switch {
	case bytes.Equal(head, gzipMagic):
		return g.reset(g.in)
	case err != nil && err != io.EOF:
		return err
	}
	for {
		switch c, err := g.in.ReadByte(); {
		case err != nil:
			return err
		case c != 0:
			return errTrailing
		}
	}
}
