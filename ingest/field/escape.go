package field

import "bytes"

// HasEscapedLetter says whether a letter in the text is written as an escape, so
// that a search for a word does not find all of them.
func HasEscapedLetter(text []byte) bool {
	escapedLetter := []byte(`\u00`) // \u0041 to \u007a
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
