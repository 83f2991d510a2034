package scan

import (
	"encoding/binary"
	"math/bits"
)

// blockSize is how many bytes are looked at in a step: a bit each in a word.
const blockSize = 64

// chunk is how many blocks follow looks at in a call: most records have no more.
const chunk = 32

// cursor is where in a value a block starts.
type cursor struct {
	within  uint64  // all ones within a string
	escaped uint64  // 1 after a backslash that escapes
	depth   int     // how many brackets are open: above zero
	pair    [2]byte // to look for

	stray uint64 // backslashes outside of strings, in the last block
	hits  uint64 // not zero if the pair or a backslash is in a block or may be
}

// followWords goes over the complete blocks of b that have a byte after them, one
// at least and at most as many as brackets has words. It stops after a block in
// which the depth may come down to zero, and after one with a stray backslash,
// and returns how many blocks it went over. For each it stores where brackets are
// outside of strings. It moves p along, except for the depth.
//
// In a block, one bit a byte says where quotes are. From these follows which
// bytes lie within strings. The method is that of https://arxiv.org/abs/1902.08318,
// here on words of eight bytes. followAVX2 does the same, and the tests compare
// the two.
func followWords(b []byte, p *cursor, brackets *[chunk]uint64) int {
	depth, n := p.depth, min((len(b)-1)/blockSize, chunk)
	p.hits = 1 // may be
	for i := range n {
		block := (*[blockSize]byte)(b[i*blockSize:])
		quotes, found, backslashes := masks(block)
		if backslashes|p.escaped != 0 {
			quotes, backslashes, p.escaped = unescape(block, quotes, p.escaped)
		}
		inside := prefixXOR(quotes) ^ p.within
		p.within = uint64(int64(inside) >> 63)
		p.stray = backslashes &^ inside

		found &^= inside
		opened, closed := 0, 0
		for rest := found; rest != 0; rest &= rest - 1 {
			switch at := bits.TrailingZeros64(rest); class[block[at]] {
			case open:
				opened++
			case shut:
				closed++
			default:
				found &^= 1 << at
			}
		}
		brackets[i] = found
		if depth -= closed; depth <= 0 || p.stray != 0 {
			return i + 1
		}
		depth += opened
	}
	return n
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
// See https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord. The
// product gathers the highest bits of all bytes in the highest byte.
func zeros(w uint64) uint64 {
	const rest = ^uint64(highs)
	z := ^((w&rest + rest) | w) & highs
	return z * 0x0002040810204081 >> 56
}

// unescape clears the quotes after a backslash that is not itself escaped, and
// returns where backslashes are. escaped is 1 if the block starts after one, and
// so is the result if the next block does.
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
