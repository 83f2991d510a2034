package field

import "bytes"

var escapedLetter = []byte(EscapedLetter)

// EscapedLetter is how an escape of a letter begins, \u0041 to \u007a.
const EscapedLetter = `\u00`

// HasEscapedLetter says whether a letter in the text is written as an escape, so
// that a search for a word does not find all of them.
func HasEscapedLetter(text []byte) bool {
	for {
		i := bytes.Index(text, escapedLetter)
		if i < 0 || i+len(escapedLetter) == len(text) {
			return false
		}
		text = text[i+len(escapedLetter):]
		if text[0] >= '4' && text[0] <= '7' {
			return true
		}
	}
}
