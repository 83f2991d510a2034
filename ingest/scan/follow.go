package scan

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
