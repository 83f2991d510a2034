package scan

import "bytes"

// A Word is a word to search for, such as a key. It is immutable.
type Word struct {
	text    []byte
	capital int // where the first capital is: of the letters of keys only these are rare
}

// NewWord returns a word to search for. The search is fast if it has a capital
// from its third letter on.
func NewWord(text string) *Word {
	return &Word{[]byte(text), max(bytes.IndexFunc([]byte(text), func(c rune) bool { return c >= 'A' && c <= 'Z' }), 0)}
}

// Index returns where the word first starts in b, or -1.
func (w *Word) Index(b []byte) int {
	for at := 0; at+w.capital <= len(b); at++ {
		skip, found := 0, false
		if w.capital >= 2 {
			// Vectors go over the blocks that lack the capital, or the right letter
			// two bytes before it.
			skip, found = indexGap(b[at+w.capital-2:], [2]byte{w.text[w.capital-2], w.text[w.capital]})
		}
		if at += skip; !found {
			i := bytes.Index(b[at+w.capital:], w.text[w.capital:])
			if i < 0 {
				break
			}
			at += i
		}
		if bytes.HasPrefix(b[at:], w.text) {
			return at
		}
	}
	return -1
}
