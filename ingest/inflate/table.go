package inflate

import "math/bits"

// An entry of a table says what the bits that come next stand for. From the low
// end:
//
//	8 bits   how many bits to take, extra bits included
//	4 bits   how many of them are the code
//	4 bits   flags of what is neither literal nor match
//	15 bits  the literal, the base of a length or distance, or where a subtable begins
//	1 bit    it is a literal
type entry uint32

const (
	isLiteral entry = 1 << 31
	isSpecial entry = 1 << 15 // none of literal, length and distance: one of the next two, or no code
	isSub     entry = 1 << 14 // the code goes on, by as many bits as stand in place of the code's
	isEnd     entry = 1 << 13 // of the block

	payload = 16
)

// rangeOf makes the entry of a length or distance, without its code.
func rangeOf(value, extra int) entry { return entry(value)<<payload | entry(extra) }

// Codes, https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5
const (
	endOfBlock = 256
	maxLit     = 286 // symbols of literals and lengths
	maxDist    = 30
	allLit     = 288 // with those that only the fixed code has, and that do not occur
	allDist    = 32
	maxBits    = 15
	maxMatch   = 258
)

// Bits that are looked up at once, and entries that a table may take with all
// its subtables. The sizes are what zlib's examples/enough.c finds for 288 and 32
// symbols of at most 15 bits.
const (
	litBits  = 11
	litSize  = 2342
	distBits = 8
	distSize = 402
	// The lengths of the codes have a code, of at most 7 bits.
	lenBits  = 7
	lenSize  = 1 << lenBits
	lenCodes = 19
)

// What symbols mean, without their code.
var (
	litEntries  [allLit]entry
	distEntries [allDist]entry
	lenEntries  [lenCodes]entry

	fixedLit  [litSize]entry
	fixedDist [distSize]entry
)

func init() {
	for i := range endOfBlock {
		litEntries[i] = isLiteral | entry(i)<<payload
	}
	litEntries[endOfBlock] = isSpecial | isEnd
	length := 3
	for i := endOfBlock + 1; i < maxLit-1; i++ {
		extra := max(0, (i-endOfBlock-1)/4-1)
		litEntries[i] = rangeOf(length, extra)
		length += 1 << extra
	}
	litEntries[maxLit-1] = rangeOf(maxMatch, 0)
	distance := 1
	for i := range maxDist {
		extra := max(0, i/2-1)
		distEntries[i] = rangeOf(distance, extra)
		distance += 1 << extra
	}
	for i := maxLit; i < allLit; i++ {
		litEntries[i] = isSpecial
	}
	for i := maxDist; i < allDist; i++ {
		distEntries[i] = isSpecial
	}
	for i := range lenCodes {
		lenEntries[i] = entry(i) << payload
	}

	var lens [allLit]uint8
	for i := range lens {
		switch {
		case i < 144:
			lens[i] = 8
		case i < 256:
			lens[i] = 9
		case i < 280:
			lens[i] = 7
		default:
			lens[i] = 8
		}
	}
	build(fixedLit[:], litBits, lens[:], litEntries[:])
	for i := range allDist {
		lens[i] = 5
	}
	build(fixedDist[:], distBits, lens[:allDist], distEntries[:])
}

// build fills the table of a code that is given by the length of each symbol's
// code, 0 where the symbol has none. It reports whether they are a code: one that
// leaves no bits without a meaning, or that has one symbol, of one bit, or none.
//
// Codes are looked up with their first bit lowest. The table of the codes of up
// to n bits, twice in a row, is that of n+1 bits without those of n+1.
func build(table []entry, tableBits int, lens []uint8, symbols []entry) bool {
	var count [maxBits + 1]int
	for _, n := range lens {
		count[n]++
	}
	var next [maxBits + 2]int // where the symbols of a length begin in sorted
	left, longest := 1, 0     // of the code space
	for n := 1; n <= maxBits; n++ {
		next[n+1] = next[n] + count[n]
		left = left<<1 - count[n]
		if left < 0 {
			return false
		}
		if count[n] > 0 {
			longest = n
		}
	}
	var sorted [allLit]uint16
	for symbol, n := range lens {
		if n > 0 {
			sorted[next[n]] = uint16(symbol)
			next[n]++
		}
	}
	if left > 0 {
		if longest > 1 {
			return false
		}
		for i := range 1 << tableBits {
			table[i] = isSpecial
			if longest == 1 && i&1 == 0 {
				table[i] = coded(symbols[sorted[0]], 1)
			}
		}
		return true
	}

	code, n, used := 0, 1, 0 // used of sorted
	size := 1 << n
	for ; n <= tableBits; n++ {
		for range count[n] {
			table[code] = coded(symbols[sorted[used]], n)
			used++
			if code == size-1 { // the last of all
				for ; n < tableBits; n++ {
					copy(table[size:2*size], table[:size])
					size *= 2
				}
				return true
			}
			code = following(code, size)
		}
		if n < tableBits {
			copy(table[size:2*size], table[:size])
			size *= 2
		}
	}

	// The longer codes, in a subtable for each beginning that several share.
	whole := 1 << tableBits
	end, start, prefix, subBits := whole, 0, -1, 0
	for ; n <= maxBits; n++ {
		for left := count[n]; left > 0; left-- {
			if code&(whole-1) != prefix {
				prefix = code & (whole - 1)
				start = end
				subBits = n - tableBits
				for space := left; space < 1<<subBits; {
					subBits++
					space = space<<1 + count[tableBits+subBits]
				}
				end = start + 1<<subBits
				table[prefix] = isSpecial | isSub | entry(start)<<payload | entry(subBits)<<8 | entry(tableBits)
			}
			e := coded(symbols[sorted[used]], n-tableBits)
			used++
			for i := start + code>>tableBits; i < end; i += 1 << (n - tableBits) {
				table[i] = e
			}
			if code == 1<<n-1 {
				return true
			}
			code = following(code, 1<<n)
		}
	}
	return true
}

// coded adds the length of its code to an entry.
func coded(e entry, n int) entry { return e + entry(n)<<8 + entry(n) }

// following returns the next code of the same length, below size; they are
// written with the first bit lowest, so the carry goes down.
func following(code, size int) int {
	bit := 1 << (bits.Len(uint(code^(size-1))) - 1)
	return code&(bit-1) | bit
}

// base returns the payload of an entry that is no literal.
func (e entry) base() int { return int(e >> payload) }
