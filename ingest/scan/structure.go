package scan

import "errors"

// MaxDepth is how deeply values may nest at most, the limit of encoding/json.
// CloudTrail stays below 20, but hostile input does not.
const MaxDepth = 10_000

var (
	// ErrSyntax says that the structure of the JSON is broken.
	ErrSyntax = errors.New("invalid JSON")
	// ErrDepth says that a value nests too deeply.
	ErrDepth = errors.New("JSON is nested too deeply")
)

// class says which bytes outside of strings make structure, or break it.
var class = [256]uint8{'"': quote, '{': open, '[': open, '}': shut, ']': shut, '\\': stray}

const (
	other uint8 = iota
	quote
	open
	shut
	stray // a backslash, which may only be in a string
)

// isBrace tells, of a bracket, { and } from [ and ], as 1 and 0.
func isBrace(c byte) uint64 { return uint64(c >> 5 & 1) } // { is 0x7b, [ is 0x5b

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// skipSpace returns the index of the first byte of b from i on that is not white
// space.
func skipSpace(b []byte, i int) int {
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	return i
}

const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// hasByte returns a word whose lowest set bit lies in the first byte of w that
// equals c. Bits above it may be wrong.
// See https://graphics.stanford.edu/~seander/bithacks.html#ValueInWord.
func hasByte(w uint64, c byte) uint64 {
	x := w ^ (lows * uint64(c))
	return (x - lows) &^ x & highs
}
