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
	// step is how many bytes of a match are copied at a time.
	step = 32
	// spare is how far decoding may write beyond a chunk: two literals, a match,
	// and what copying in steps writes too much.
	spare = 2 + maxMatch + step
	// slack is how many bytes from the position on a turn of decoding may look at:
	// eight, from up to seven further on.
	slack   = 16
	outSize = history + chunk + spare
)

// Reader is an [io.Reader] of what a DEFLATE stream stands for. It takes exactly
// the stream from its input, and nothing after it. A Reader is not safe for
// concurrent use. Its zero value is ready after Reset.
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
	end  int // from here on, in has zeros instead of the input
}

type state int

const (
	atBlock state = iota
	inStored
	inCodes
	atEnd
)

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

// more gets more of the input. After its end come zeros, so that decoding need
// not look for the end within a symbol: see overrun.
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
