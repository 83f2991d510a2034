package scan

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// MaxDepth is how deeply values may nest at most, the limit of encoding/json.
// CloudTrail stays below 20; hostile input does not.
const MaxDepth = 10_000

var (
	// ErrSyntax says that the structure of the JSON is broken.
	ErrSyntax = errors.New("invalid JSON")
	// ErrDepth says that a value nests too deeply.
	ErrDepth = errors.New("JSON is nested too deeply")
)

// skipper finds the end of one JSON value. It can be fed in pieces: its state
// says where in the value the last piece ended. The zero value is ready.
type skipper struct {
	maxDepth int // 0 stands for MaxDepth
	depth    int
	kinds    uint64 // of the outermost 64 brackets, the innermost lowest: 1 for a brace, 0 for a square bracket
	inString bool
	escaped  bool    // the last piece ended within an escape
	pair     [2]byte // of bytes to look for
	hit      bool    // the pair or a backslash may be in the value
	scalar   bool    // a number or literal: it ends before the next delimiter
}

// skip consumes b up to the end of the value and returns how many bytes belong
// to it. done is false if the value goes on after b.
func (s *skipper) skip(b []byte) (n int, done bool, err error) {
	i := 0
	if s.depth == 0 && !s.inString {
		if i, done = s.begin(b); s.depth == 0 && !s.inString {
			s.hit = true
			return i, done, nil
		}
	}
	if s.depth > 0 {
		at, done, err := s.skipBlocks(b[i:])
		if i += at; done || err != nil {
			return i, done, err
		}
	}
	s.hit = true // for all that one knows of what follows
	depth, kinds := s.depth, s.kinds
	maxDepth := s.maxDepth
	if maxDepth == 0 {
		maxDepth = MaxDepth
	}
	for i < len(b) {
		if s.inString {
			i = s.skipString(b, i)
			if s.inString {
				break
			}
			if depth == 0 {
				return i, true, nil
			}
			continue
		}
		switch c := b[i]; class[c] {
		case quote:
			s.inString = true
		case open:
			if depth++; depth > maxDepth {
				return i, false, ErrDepth
			}
			if depth <= 64 {
				kinds = kinds<<1 | uint64(c>>5&1) // { is 0x7b, [ is 0x5b
			}
		case stray:
			return i, false, ErrSyntax
		case shut:
			if depth <= 64 {
				if kinds&1 != uint64(c>>5&1) {
					return i, false, ErrSyntax
				}
				kinds >>= 1
			}
			if depth--; depth == 0 {
				return i + 1, true, nil
			}
		}
		i++
	}
	s.depth, s.kinds = depth, kinds
	return i, false, nil
}

// begin starts a value at b[0], or goes on with a scalar. A scalar ends before
// the next delimiter; at the top level values may touch.
func (s *skipper) begin(b []byte) (n int, done bool) {
	for i, c := range b {
		switch {
		case s.scalar && class[c] != other, c == ',', isSpace(c), class[c] == shut:
			return i, s.scalar
		case c == '"':
			s.inString = true
			return i + 1, false
		case class[c] == open:
			s.depth, s.kinds = 1, uint64(c>>5&1)
			return i + 1, false
		}
		s.scalar = true
	}
	return len(b), false
}

// class says which bytes outside of strings make structure, or break it.
var class = [256]uint8{'"': quote, '{': open, '[': open, '}': shut, ']': shut, '\\': stray}

const (
	other uint8 = iota
	quote
	open
	shut
	stray // a backslash has no business there
)

// skipString goes on within a string at b[i] and returns the index behind its
// closing quote, or len(b) with s.inString still set. It looks at eight bytes
// at a time: CloudTrail's strings are short, so a call to bytes.IndexByte for
// each costs more than it saves.
func (s *skipper) skipString(b []byte, i int) int {
	if s.escaped {
		if i == len(b) {
			return i
		}
		s.escaped = false
		i++
	}
	for {
		for i+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[i:])
			m := hasByte(w, '"') | hasByte(w, '\\')
			if m == 0 {
				i += 8
				continue
			}
			i += bits.TrailingZeros64(m) >> 3
			break
		}
		for i < len(b) && b[i] != '"' && b[i] != '\\' {
			i++
		}
		if i == len(b) {
			return i
		}
		if b[i] == '"' {
			s.inString = false
			return i + 1
		}
		if i++; i == len(b) {
			s.escaped = true
			return i
		}
		i++
	}
}

// hasByte returns a word whose lowest set bit lies in the first byte of w that
// equals c. Bits above it may be wrong.
// See https://graphics.stanford.edu/~seander/bithacks.html#ValueInWord.
func hasByte(w uint64, c byte) uint64 {
	x := w ^ (lows * uint64(c))
	return (x - lows) &^ x & highs
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// skipSpace returns the index of the first byte of b at or behind i that is no
// white space.
func skipSpace(b []byte, i int) int {
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	return i
}
