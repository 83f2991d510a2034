package object

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"

	"trail403/ingest/inflate"
)

var (
	gzipMagic   = []byte{0x1f, 0x8b}
	errCut      = errors.New("gzip stream ends early: the object is truncated")
	errHeader   = errors.New("gzip header is invalid: the object is corrupt")
	errChecksum = errors.New("gzip checksum does not match: the object is corrupt")
	errTrailing = errors.New("gzip stream is followed by garbage: the object is corrupt")
)

// gunzip reads the members of a gzip file one after another (RFC 1952). Zeros
// after the last one are the padding of tapes and block devices, as in gzip(1).
// Anything else there is an error.
type gunzip struct {
	in   *bufio.Reader
	body inflate.Reader
	sum  uint32 // of the header, then of the text, so far
	size uint32
	err  error // why nothing follows
}

// reset starts with the first member, which must be there.
func (g *gunzip) reset(in *bufio.Reader) error {
	g.in = in
	g.err = g.start()
	return g.err
}

// start starts a member.
func (g *gunzip) start() error {
	if err := g.header(); err != nil {
		return cut(err)
	}
	g.body.Reset(g.in)
	g.sum, g.size = 0, 0
	return nil
}

func (g *gunzip) Read(p []byte) (int, error) {
	for g.err == nil {
		n, err := g.body.Read(p)
		switch {
		case err == nil:
			g.sum = crc32.Update(g.sum, crc32.IEEETable, p[:n])
			g.size += uint32(n)
			return n, nil
		case err != io.EOF:
			g.err = cut(err)
		default:
			if g.err = cut(g.trailer()); g.err == nil {
				g.err = g.next()
			}
		}
	}
	return 0, g.err
}

// cut says what the end of the input within a member means.
func cut(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return errCut
	}
	return err
}

// Flags of a header, https://www.rfc-editor.org/rfc/rfc1952#page-5
const (
	hasSum     = 1 << 1
	hasExtra   = 1 << 2
	hasName    = 1 << 3
	hasComment = 1 << 4
	reserved   = 7 << 5
	deflate    = 8 // the only method
)

// header reads the header of a member.
func (g *gunzip) header() error {
	g.sum = 0
	head, err := g.take(10)
	if err != nil {
		return err
	}
	flags := head[3]
	if !bytes.HasPrefix(head, gzipMagic) || head[2] != deflate || flags&reserved != 0 {
		return errHeader
	}
	if flags&hasExtra != 0 {
		if err := g.skipExtra(); err != nil {
			return err
		}
	}
	for _, text := range []byte{hasName, hasComment} {
		if flags&text != 0 {
			if err := g.skipText(); err != nil {
				return err
			}
		}
	}
	if flags&hasSum != 0 {
		want := uint16(g.sum)
		sum, err := g.take(2)
		if err != nil {
			return err
		}
		if binary.LittleEndian.Uint16(sum) != want {
			return errHeader
		}
	}
	return nil
}

// skipExtra steps over the extra field, which has its size before it.
func (g *gunzip) skipExtra() error {
	size, err := g.take(2)
	if err != nil {
		return err
	}
	for left := int(binary.LittleEndian.Uint16(size)); left > 0; left-- {
		if _, err := g.take(1); err != nil {
			return err
		}
	}
	return nil
}

// skipText steps over a text that ends with a zero byte.
func (g *gunzip) skipText() error {
	for {
		if c, err := g.take(1); err != nil || c[0] == 0 {
			return err
		}
	}
}

// trailer compares the member with its checksum and size.
func (g *gunzip) trailer() error {
	sum, size := g.sum, g.size
	tail, err := g.take(8)
	if err != nil {
		return err
	}
	if binary.LittleEndian.Uint32(tail) != sum || binary.LittleEndian.Uint32(tail[4:]) != size {
		return errChecksum
	}
	return nil
}

// take takes the next n bytes, at most 16, and adds them to the checksum. They
// are valid until the next read.
func (g *gunzip) take(n int) ([]byte, error) {
	head, err := g.in.Peek(n)
	if err != nil {
		return nil, err
	}
	g.sum = crc32.Update(g.sum, crc32.IEEETable, head)
	g.in.Discard(n)
	return head, nil
}

// next goes to the next member. It returns io.EOF if there is none.
func (g *gunzip) next() error {
	head, err := g.in.Peek(len(gzipMagic))
	switch {
	case err != nil && err != io.EOF:
		return err
	case len(head) > 0 && bytes.HasPrefix(gzipMagic, head): // half of it is a member that was cut
		return g.start()
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
