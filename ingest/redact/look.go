package redact

import "strings"

// What a text may hold.
const (
	separators = 1 << iota // an equals sign or a colon after what may be a secret's name
	signs                  // an at sign
	prefixes               // what the prefixes of access key ids end with
	words                  // Bearer, Basic, or the start of a session token
)

// tells says which letters tell something.
var tells = [256]bool{'=': true, ':': true, '%': true, '@': true, 'A': true, 'b': true, 'B': true, 'o': true}

// look says what a text may hold, in one pass.
func look(s string) (found int) {
	for i := range len(s) {
		if !tells[s[i]] {
			continue
		}
		switch s[i] {
		case '=', ':', '%':
			if found&separators == 0 && mayName(s, i) {
				found |= separators
			}
		case '@':
			found |= signs
		case 'A':
			if i > 0 && s[i-1] == 'I' {
				found |= prefixes
			}
		case 'b', 'B', 'o':
			if found&words == 0 && mayBeWord(s[i:]) {
				found |= words
			}
		}
	}
	return found
}

// mayBeWord says whether a text starts with the first letters of what tokens.go finds.
func mayBeWord(s string) bool {
	if len(s) < 5 {
		return false
	}
	switch s[1] | 0x20 {
	case 'e': // Bearer
		return s[4]|0x20 == 'e'
	case 'a': // Basic
		return s[4]|0x20 == 'c'
	}
	return strings.HasPrefix(s, starts[0]) || strings.HasPrefix(s, starts[1])
}

// mayName says whether the name of a secret may come before a separator.
func mayName(s string, sep int) bool {
	if s[sep] == '%' {
		return separator(s[sep:]) > 0
	}
	if sep < 2 {
		return false
	}
	before := s[sep-2] | 0x20
	switch c := s[sep-1] | 0x20; c { // the last two letters of a name
	case 'n':
		return before == 'e' || before == 'o'
	case 'e':
		return before == 'r'
	case 'y', 't':
		return before == 'e'
	case 'd':
		return before == 'r' || before == 'w'
	}
	// A space, a quote, or one of them encoded for a URL.
	return strings.IndexByte(around, s[sep-1]) >= 0 || s[sep-2] == '2'
}
