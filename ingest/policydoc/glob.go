package policydoc

import "unicode/utf8"

// A pattern can have, in place of a wildcard, a character that stands for itself.
// Variables write it: their values hold no wildcards. No valid text has these bytes.
const (
	literalStar     = '\xff' // *
	literalQuestion = '\xfe' // ?
)

// glob says whether the text matches the pattern, in which * stands for any text
// and ? for one character. After a mismatch, only the last * is tried again: what
// is left of it matched as early as possible, so no other choice could do better.
// The work is at most the product of both lengths.
func glob(pattern, text string) bool {
	p, t := 0, 0
	star, resume := -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, t
			p++
		case p < len(pattern) && pattern[p] == '?':
			_, n := utf8.DecodeRuneInString(text[t:])
			p, t = p+1, t+n
		case p < len(pattern) && same(pattern[p], text[t]):
			p, t = p+1, t+1
		case star >= 0:
			_, n := utf8.DecodeRuneInString(text[resume:])
			resume += n
			p, t = star+1, resume
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

// same says whether a byte of a pattern that is no wildcard is that of the text.
func same(pattern, text byte) bool {
	switch pattern {
	case literalStar:
		return text == '*'
	case literalQuestion:
		return text == '?'
	}
	return pattern == text
}
