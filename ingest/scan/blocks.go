package scan

import (
	"encoding/binary"
	"math/bits"
)

// blockSize is how many bytes skipBlocks looks at in a step: a bit each in a word.
const blockSize = 64

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// skipBlocks does what skip does, a block at a time, within an object or array.
// It stops where less than a block is left, for skip to go on.
//
// In each block one bit a byte says where quotes are; from these follows which
// bytes lie within strings, and the brackets among the others are followed one
// by one. Brackets are one byte in fifty, so this costs half of looking at each
// string. The method is that of https://arxiv.org/abs/1902.08318, on words of
// eight bytes instead of vectors.
func (s *skipper) skipBlocks(b []byte) (n int, done bool, err error) {
	maxDepth := s.maxDepth
	if maxDepth == 0 {
		maxDepth = MaxDepth
	}
	var within, escaped uint64 // all ones if the block begins within a string; 1 behind a backslash
	if s.inString {
		within = ^uint64(0)
	}
	if s.escaped {
		escaped = 1
	}
	i := 0
	for ; i+blockSize <= len(b); i += blockSize {
		block := (*[blockSize]byte)(b[i:])
		quotes, brackets, backslashes := masks(block)
		if backslashes|escaped != 0 {
			quotes, backslashes, escaped = unescape(block, quotes, escaped)
		}
		inside := prefixXOR(quotes) ^ within
		within = uint64(int64(inside) >> 63)
		stray := backslashes &^ inside // the first of them is right; what follows is broken anyway
		for brackets &^= inside; brackets != 0; brackets &= brackets - 1 {
			at := bits.TrailingZeros64(brackets)
			switch c := block[at]; class[c] {
			case open:
				if s.depth++; s.depth > maxDepth {
					return i + at, false, ErrDepth
				}
				if s.depth <= 64 {
					s.kinds = s.kinds<<1 | uint64(c>>5&1) // { is 0x7b, [ is 0x5b
				}
			case shut:
				if s.depth <= 64 {
					if s.kinds&1 != uint64(c>>5&1) {
						return i + at, false, ErrSyntax
					}
					s.kinds >>= 1
				}
				if s.depth--; s.depth == 0 && stray&(1<<at-1) == 0 {
					s.inString, s.escaped = false, false
					return i + at + 1, true, nil
				}
				if s.depth == 0 {
					return i + at, false, ErrSyntax
				}
			}
		}
		if stray != 0 {
			return i + bits.TrailingZeros64(stray), false, ErrSyntax
		}
	}
	s.inString, s.escaped = within != 0, escaped != 0
	return i, false, nil
}

// masks returns a bit for each byte of the block: which are quotes, and which
// may be brackets (of bytes outside of strings only brackets are). backslashes
// is not zero if the block has any.
func masks(block *[blockSize]byte) (quotes, brackets, backslashes uint64) {
	for j := 0; j < blockSize; j += 8 {
		w := binary.LittleEndian.Uint64(block[j:])
		x := w ^ lows*'\\'
		backslashes |= (x - lows) &^ x & highs
		quotes |= zeros(w^lows*'"') << j
		// { } [ ] differ only in bits 1, 2 and 5.
		brackets |= zeros((w|lows*0x26)^lows*0x7f) << j
	}
	return quotes, brackets, backslashes
}

// zeros returns a bit for each of the eight bytes of w that is zero.
// See https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord; the
// product gathers the highest bits of all bytes in the highest byte.
func zeros(w uint64) uint64 {
	const rest = ^uint64(highs)
	z := ^((w&rest + rest) | w) & highs
	return z * 0x0002040810204081 >> 56
}

// unescape clears the quotes that stand behind a backslash which is not itself
// escaped, and returns where backslashes are. escaped is 1 if the block begins
// behind one, and so is the result if the next block does.
func unescape(block *[blockSize]byte, quotes, escaped uint64) (unescaped, backslashes, next uint64) {
	quotes &^= escaped
	for at := int(escaped); at < blockSize; at++ {
		if block[at] != '\\' {
			continue
		}
		backslashes |= 1 << at
		if at++; at == blockSize {
			return quotes, backslashes, 1
		}
		quotes &^= 1 << at
	}
	return quotes, backslashes, 0
}

// prefixXOR returns in each bit whether the number of bits up to it is odd.
func prefixXOR(x uint64) uint64 {
	x ^= x << 1
	x ^= x << 2
	x ^= x << 4
	x ^= x << 8
	x ^= x << 16
	x ^= x << 32
	return x
}
