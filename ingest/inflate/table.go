package inflate

import "math/bits"

// An entry of a table says what the bits that come next stand for. From the low
// end:
//
//	8 bits   how many bits to take, extra bits included
//	4 bits   how many of them are the code
//	4 bits   flags of what is neither literal nor match
//	15 bits  the literal, the base of a length or distance, or where a subtable starts
//	1 bit    it is a literal
type entry uint32

const (
	isLiteral entry = 1 << 31
	isSpecial entry = 1 << 15 // none of literal, length and distance: one of the next two, or no code
	isSub     entry = 1 << 14 // the code continues, by as many bits as are in the place of the code's
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
	b := builder{table: table, tableBits: tableBits, symbols: symbols}
	left := b.sort(lens)
	switch {
	case left < 0, left > 0 && b.longest > 1:
		return false
	case left > 0:
		b.single()
		return true
	}
	code, n := b.short()
	b.long(code, n)
	return true
}

// builder fills a table.
type builder struct {
	table     []entry
	tableBits int
	symbols   []entry

	count   [maxBits + 1]int // of the codes of a length
	longest int
	sorted  [allLit]uint16 // the symbols with a code, by length
	used    int            // of sorted
}

// sort sorts the symbols by the lengths of their codes and returns how much of
// the code space they leave: less than zero if they take too much.
func (b *builder) sort(lens []uint8) (left int) {
	for _, n := range lens {
		b.count[n]++
	}
	var next [maxBits + 2]int // where the symbols of a length start in sorted
	left = 1
	for n := 1; n <= maxBits; n++ {
		next[n+1] = next[n] + b.count[n]
		left = left<<1 - b.count[n]
		if left < 0 {
			return left
		}
		if b.count[n] > 0 {
			b.longest = n
		}
	}
	for symbol, n := range lens {
		if n > 0 {
			b.sorted[next[n]] = uint16(symbol)
			next[n]++
		}
	}
	return left
}

// single fills the table of a code of one symbol or none.
func (b *builder) single() {
	for i := range 1 << b.tableBits {
		b.table[i] = isSpecial
		if b.longest == 1 && i&1 == 0 {
			b.table[i] = coded(b.symbols[b.sorted[0]], 1)
		}
	}
}

// short enters the codes that the table has the bits for. It returns the code and
// the length with which the others start. The length is above maxBits if there
// are no others.
func (b *builder) short() (code, n int) {
	table, symbols, left := b.table, b.symbols, b.sorted[:]
	size := 2
	for n = 1; n <= b.tableBits; n++ {
		for range b.count[n] {
			table[code] = coded(symbols[left[0]], n)
			left = left[1:]
			if code == size-1 { // the last of all
				for ; n < b.tableBits; n++ {
					copy(table[size:2*size], table[:size])
					size *= 2
				}
				return 0, maxBits + 1
			}
			code = following(code, size)
		}
		if n < b.tableBits {
			copy(table[size:2*size], table[:size])
			size *= 2
		}
	}
	b.used = len(b.sorted) - len(left)
	return code, n
}

// long enters the codes of n bits and more, in a subtable for each first part that
// several share.
func (b *builder) long(code, n int) {
	size := 1 << b.tableBits
	end, start, prefix := size, 0, -1
	for ; n <= maxBits; n++ {
		for left := b.count[n]; left > 0; left-- {
			if code&(size-1) != prefix {
				prefix = code & (size - 1)
				subBits := b.subBits(n, left)
				start, end = end, end+1<<subBits
				b.table[prefix] = isSpecial | isSub | entry(start)<<payload | entry(subBits)<<8 | entry(b.tableBits)
			}
			e := coded(b.symbols[b.sorted[b.used]], n-b.tableBits)
			b.used++
			for i := start + code>>b.tableBits; i < end; i += 1 << (n - b.tableBits) {
				b.table[i] = e
			}
			if code == 1<<n-1 {
				return
			}
			code = following(code, 1<<n)
		}
	}
}

// subBits returns how many bits a subtable needs that starts with codes of n
// bits, of which so many are left.
func (b *builder) subBits(n, left int) int {
	bits := n - b.tableBits
	for space := left; space < 1<<bits; {
		bits++
		space = space<<1 + b.count[b.tableBits+bits]
	}
	return bits
}

// coded adds the length of its code to an entry.
func coded(e entry, n int) entry { return e + entry(n)<<8 + entry(n) }

// following returns the next code of the same length, below size. Codes are
// written with the first bit lowest, so the carry goes down.
func following(code, size int) int {
	bit := 1 << (bits.Len(uint(code^(size-1))) - 1)
	return code&(bit-1) | bit
}

// base returns the payload of an entry that is not a literal.
func (e entry) base() int { return int(e >> payload) }
