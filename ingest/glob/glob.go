// Package glob matches texts against patterns in which * stands for any text and ? for
// one character, as filters and policy documents have them.
package glob

import "unicode/utf8"

// Match says whether the pattern matches the entire text. All other bytes of the pattern
// stand for themselves.
func Match(pattern, text string) bool {
	return MatchFunc(pattern, text, func(p, t byte) bool { return p == t })
}

// MatchFunc is Match with a function that says whether a byte of the pattern, which is no
// wildcard, stands for one of the text.
//
// It returns only to the last star: what an earlier star matched never needs to change,
// because every way to match the text up to a star leaves the same choices after it. So
// the time is at most that of len(pattern) passes through the text, whatever it contains.
// (A regular expression would also work, but takes ten times as long.)
func MatchFunc(pattern, text string, same func(pattern, text byte) bool) bool {
	p, t := 0, 0
	star, from := -1, 0 // the last star, and the position at which the text after it is tried
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(pattern) && pattern[p] == '?':
			p++
			t += runeLen(text[t:])
		case p < len(pattern) && same(pattern[p], text[t]):
			p++
			t++
		case star >= 0:
			from += runeLen(text[from:])
			p, t = star+1, from
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
