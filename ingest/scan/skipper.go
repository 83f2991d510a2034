package scan

import (
	"encoding/binary"
	"math/bits"
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

func (s *skipper) limit() int {
	if s.maxDepth == 0 {
		return MaxDepth
	}
	return s.maxDepth
}

// start starts a value at b[0], or continues a scalar. A scalar ends before the
// next delimiter. At the top level values may touch.
func (s *skipper) start(b []byte) (n int, done bool) {
	for i, c := range b {
		switch {
		case s.scalar && class[c] != other, c == ',', isSpace(c), class[c] == shut:
			return i, s.scalar
		case c == '"':
			s.inString = true
			return i + 1, false
		case class[c] == open:
			s.depth, s.kinds = 1, isBrace(c)
			return i + 1, false
		}
		s.scalar = true
	}
	return len(b), false
}

// skipBytes skips the rest of an object or array from b[i], a byte at a time, to
// its end or that of b.
func (s *skipper) skipBytes(b []byte, i int) (n int, done bool, err error) {
	depth, kinds, maxDepth := s.depth, s.kinds, s.limit()
	for i < len(b) {
		if s.inString {
			i = s.skipString(b, i)
			if s.inString {
				break
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
				kinds = kinds<<1 | isBrace(c)
			}
		case stray:
			return i, false, ErrSyntax
		case shut:
			if depth <= 64 {
				if kinds&1 != isBrace(c) {
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

// skipString skips the rest of a string from b[i] and returns the index after its
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
