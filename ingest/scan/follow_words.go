package scan

import (
	"encoding/binary"
	"math/bits"
)

// followWords goes over the complete blocks of b that have a byte after them, one
// at least and at most as many as brackets has words. It stops after a block in
// which the depth may come down to zero, and after one with a stray backslash,
// and returns how many blocks it went over. For each it stores where brackets are
// outside of strings. It moves p along, except for the depth.
//
// It looks at eight bytes at a time, and most of them are in strings or between
// brackets. So a step only counts quotes, and what a bracket means is found out where
// there may be one. The vector files do the same, and the tests compare all with a
// loop over bytes.
func followWords(b []byte, p *cursor, brackets *[chunk]uint64) int {
	depth, n := p.depth, min((len(b)-1)/blockSize, chunk)
	for i := range n {
		block := (*[blockSize]byte)(b[i*blockSize:])
		found, closed, ok := p.plain(block)
		if !ok {
			found, closed = p.masked(block)
		}
		brackets[i] = found
		if depth -= closed; depth <= 0 || p.stray != 0 {
			n = i + 1
			break
		}
		depth += bits.OnesCount64(found) - closed
	}
	if hasPair(b[:n*blockSize+1], p.pair) {
		p.hits = 1
	}
	return n
}

// constants are bytes of a word, the same eight times each. They come in a variable since
// the compiler keeps these in registers, and would make constants again for each step.
var constants = struct{ quote, ascii, upper, carry, high uint64 }{
	quote: lows * '"',
	ascii: lows * 0x7f,
	upper: lows * 0x5f, // without the bit that { and } have, and [ and ] lack
	carry: lows * (0x80 - '['),
	high:  highs,
}

// plain goes over a block without backslashes. It returns where brackets are outside
// of strings, and how many of them are closing. ok is false if there are backslashes,
// or was one before: then nothing is done.
func (p *cursor) plain(block *[blockSize]byte) (found uint64, closed int, ok bool) {
	if p.escaped != 0 {
		return 0, 0, false
	}
	quote, ascii, upper, carry, high := constants.quote, constants.ascii, constants.upper, constants.carry, constants.high
	var quotes uint64
	for j := 0; j < blockSize; j += 8 {
		w := binary.LittleEndian.Uint64(block[j:])
		if (w&upper+carry)&high != 0 {
			// There may be brackets, backslashes or what is rare.
			z, stop := bracketsIn(w, parity(quotes)^p.within&1)
			if stop {
				return 0, 0, false
			}
			found |= gather(z) << j
			closed += int((z & (w >> 2)) * lows >> 56)
		}
		// The highest bits of bytes are clear where quotes are. (Of the eight bits of a
		// step, an even number is inverted.)
		quotes ^= ((w & ascii) ^ quote + ascii) | w
	}
	p.within ^= -parity(quotes)
	p.stray = 0
	return found, closed, true
}

// bracketsIn returns in the lowest bit of each byte whether it is a bracket outside of
// strings. within is 1 if the word starts within a string. stop is true if there is a
// backslash. (Inline, it would take the registers of the loop.)
//
//go:noinline
func bracketsIn(w, within uint64) (z uint64, stop bool) {
	x := w ^ lows*'\\'
	if (x-lows)&^x&highs != 0 {
		return 0, true
	}
	return bracketsOf(w) &^ (prefix(zeros(w^lows*'"')) ^ lows*within), false
}

// hasPair says whether a pair of bytes starts in b, which has a multiple of eight bytes
// and one more.
func hasPair(b []byte, pair [2]byte) bool {
	first, second := lows*uint64(pair[0]), lows*uint64(pair[1])
	var hits uint64
	for ; len(b) > 8; b = b[8:] {
		x := (binary.LittleEndian.Uint64(b) ^ first) | (binary.LittleEndian.Uint64(b[1:]) ^ second)
		hits |= (x - lows) &^ x
	}
	return hits&highs != 0
}

// prefix returns in the lowest bit of each byte whether the number of such bits up to
// it is odd.
func prefix(x uint64) uint64 { return x * lows & lows }

// parity returns whether the number of the highest bits of bytes is odd.
func parity(x uint64) uint64 { return (x >> 7 & lows) * lows >> 56 & 1 }

// bracketsOf returns in the lowest bit of each byte whether it is a bracket.
func bracketsOf(w uint64) uint64 {
	x := (w&(lows*0xdf) + lows*2 | lows*2) ^ lows*0x5f
	return ^((x&(lows*0x7f) + lows*0x7f) | x) >> 7 & lows
}

// masked does what plain does with any block.
func (p *cursor) masked(block *[blockSize]byte) (found uint64, closed int) {
	var quotes, backslashes, closing uint64
	for j := 0; j < blockSize; j += 8 {
		w := binary.LittleEndian.Uint64(block[j:])
		quotes |= gather(zeros(w^lows*'"')) << j
		backslashes |= gather(zeros(w^lows*'\\')) << j
		z := bracketsOf(w)
		found |= gather(z) << j
		closing |= gather(z&(w>>2)) << j
	}
	// What follows a backslash that is not itself escaped is escaped. So it alternates
	// along a run of backslashes, and the borrow of a subtraction carries along the run
	// whether it started at an even bit or at an odd one.
	const odd = 0xaaaaaaaaaaaaaaaa
	starts := backslashes &^ p.escaped
	escaped := (starts<<1 | odd - starts) ^ odd ^ (backslashes | p.escaped)
	quotes &^= escaped
	backslashes &^= escaped
	p.escaped = backslashes >> 63
	p.hits |= backslashes

	inside := prefixXOR(quotes) ^ p.within
	p.within = uint64(int64(inside) >> 63)
	p.stray = backslashes &^ inside
	found &^= inside
	return found, bits.OnesCount64(closing &^ inside)
}

// gather returns the lowest bits of the eight bytes.
func gather(x uint64) uint64 { return x * 0x0102040810204080 >> 56 }

// zeros returns in the lowest bit of each byte whether it is zero.
// See https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord.
func zeros(w uint64) uint64 {
	const rest = ^uint64(highs)
	return ^((w&rest + rest) | w) >> 7 & lows
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
