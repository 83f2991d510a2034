// Package inflate undoes DEFLATE, the compression of gzip files (RFC 1951). It is
// most of the work of reading a trail, so it is made for speed: it reads its
// input and copies its output eight bytes at a time, and decodes into a buffer
// with room to spare, so that it looks for room once a symbol, not once a byte.
//
//  1. table.go makes the tables in which codes are looked up.
//  2. reader.go gets bits of the input.
//  3. block.go reads the head of a block, with the codes that it brings, and
//     blocks that are not compressed.
//  4. symbols.go decodes the symbols of a block.
//  5. inflate.go goes from block to block.
//
// The method is known from libdeflate and Fabian Giesen's notes on reading bits:
// https://github.com/ebiggers/libdeflate
// https://fgiesen.wordpress.com/2018/02/20/reading-bits-in-far-too-many-ways-part-2/
package inflate

import (
	"bufio"
	"io"
)

// Reset makes the reader read a stream that starts at the next byte of src, whose
// buffer must have 64 bytes at least.
func (r *Reader) Reset(src *bufio.Reader) {
	if r.out == nil {
		r.out = make([]byte, outSize)
	}
	r.src, r.bitReader, r.err = src, bitReader{}, nil
	r.state, r.final, r.have, r.read, r.done = atBlock, false, 0, 0, nil
}

// Read returns io.EOF at the end of the stream, io.ErrUnexpectedEOF where the
// input ends within it, ErrCorrupt, or an error of the input. What comes before
// the error was handed out then, except for what the last bytes before the end of
// the input stand for. An error that the input returns after the stream is lost,
// unless the input returns it again.
func (r *Reader) Read(p []byte) (int, error) {
	for r.read == r.have {
		if r.done != nil {
			return 0, r.done
		}
		r.fill()
	}
	n := copy(p, r.out[r.read:r.have])
	r.read += n
	return n, nil
}

// fill decodes more, to the end of the buffer or of the stream.
func (r *Reader) fill() {
	if r.have >= history+chunk {
		copy(r.out, r.out[r.have-history:r.have])
		r.have, r.read = history, history
	}
	const limit = history + chunk
	var err error
	for err == nil && r.have < limit {
		switch r.state {
		case atBlock:
			err = r.block()
		case inStored:
			err = r.copyStored(limit)
		case inCodes:
			err = r.symbols(limit)
		case atEnd:
			r.src.Discard(r.at())
			err = io.EOF
		}
	}
	r.done = err
}
