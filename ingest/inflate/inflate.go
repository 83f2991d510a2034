// Package inflate undoes DEFLATE, the compression of gzip files (RFC 1951). It is
// most of the work of reading a trail, so it is made for speed: it reads its
// input and copies its output eight bytes at a time, and decodes into a buffer
// with room to spare, so that room is looked for once a symbol, not once a byte.
//
// The method is known from libdeflate and Fabian Giesen's notes on reading bits:
// https://github.com/ebiggers/libdeflate
// https://fgiesen.wordpress.com/2018/02/20/reading-bits-in-far-too-many-ways-part-2/
package inflate

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// ErrCorrupt says that the data is not DEFLATE.
var ErrCorrupt = errors.New("compressed data is invalid")

const (
	history = 32 << 10 // how far back a match may reach
	chunk   = 64 << 10 // how much is decoded at a time
	// spare is how far decoding may write behind a chunk: two literals, a match,
	// and what copying in blocks writes too much.
	spare = 2 + maxMatch + step
	// slack is how many bytes from the position on a turn of decoding may look at:
	// eight, from up to seven further on.
	slack   = 16
	outSize = history + chunk + spare
)

// Reader is an [io.Reader] of what a DEFLATE stream stands for. It takes exactly
// the stream from its input, and nothing behind it. A Reader is not safe for
// concurrent use; its zero value is ready after Reset.
type Reader struct {
	src *bufio.Reader
	bitReader
	tail [3 * slack]byte // the last bytes of the input, and zeros
	err  error           // of the input

	state  state
	final  bool // the block is the last
	stored int  // bytes left of a stored block

	out  []byte // the history, and what was decoded
	have int    // so much was decoded
	read int    // and so much was handed out
	done error  // what Read returns then

	lit, dist []entry // of the block
	ownLit    [litSize]entry
	ownDist   [distSize]entry
	lens      [maxLit + maxDist]uint8
}

// bitReader holds bits of the input: the low n of bits come next. Those above
// them are bits of in[pos:], too, or zero.
type bitReader struct {
	bits uint64
	n    uint
	in   []byte // of src's buffer, or tail
	pos  int
	end  int // behind it in has zeros in place of the input
}

type state int

const (
	atBlock state = iota
	inStored
	inCodes
	atEnd
)

// Reset makes the reader read a stream that begins at the next byte of src, whose
// buffer must have 64 bytes at least.
func (r *Reader) Reset(src *bufio.Reader) {
	if r.out == nil {
		r.out = make([]byte, outSize)
	}
	r.src, r.bitReader, r.err = src, bitReader{}, nil
	r.state, r.final, r.have, r.read, r.done = atBlock, false, 0, 0, nil
}

// Read returns io.EOF at the end of the stream, io.ErrUnexpectedEOF where the
// input ends within it, ErrCorrupt, or an error of the input; then what stands
// before the error was handed out, but for what the last bytes before the end of
// the input stand for. An error that the input returns behind the stream is
// lost, unless the input returns it again.
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

// at returns where in the input the next bit is.
func (b *bitReader) at() int { return b.pos - int(b.n>>3) }

// overrun says whether bits were taken that the input does not have.
func (b *bitReader) overrun() bool { return b.at() > b.end }

// refill adds bits, to at least 56. There must be eight bytes in in.
func (b *bitReader) refill() {
	b.bits |= binary.LittleEndian.Uint64(b.in[b.pos:]) << (b.n & 63)
	b.pos += int(63-b.n) >> 3
	b.n |= 56
}

// need makes at least 56 bits ready.
func (r *Reader) need() error {
	if r.pos > len(r.in)-slack {
		if err := r.more(); err != nil {
			return err
		}
	}
	r.refill()
	return nil
}

// take takes up to 56 bits that are ready.
func (b *bitReader) take(n uint) int {
	v := b.bits & (1<<n - 1)
	b.bits >>= n
	b.n -= n
	return int(v)
}

// more gets more of the input. Behind its end come zeros, so that decoding need
// not look for it within a symbol: see overrun.
func (r *Reader) more() error {
	if len(r.in) == len(r.tail) && &r.in[0] == &r.tail[0] {
		return r.cut()
	}
	at := r.at()
	r.src.Discard(at)
	r.pos -= at
	if r.err == nil {
		r.in, r.err = r.src.Peek(r.src.Size())
	} else {
		r.in, _ = r.src.Peek(r.src.Buffered())
	}
	r.end = len(r.in)
	if r.pos > len(r.in)-slack {
		r.tail = [len(r.tail)]byte{}
		copy(r.tail[:], r.in)
		r.in = r.tail[:]
	}
	return nil
}

// cut returns why there is no more input.
func (r *Reader) cut() error {
	if r.err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return r.err
}
