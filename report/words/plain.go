package words

import (
	"strings"
	"unicode"
)

// Plain returns a name in which no character means anything in Markdown, and
// which nothing takes for an address; "" for any other.
func Plain(s string) string {
	isWord := func(c byte) bool {
		return c < unicode.MaxASCII && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)))
	}
	for i := range len(s) {
		switch c := s[i]; {
		case isWord(c):
		case strings.IndexByte("-.:/_", c) >= 0 && i > 0 && (isWord(s[i-1]) || c == ':') &&
			(c == ':' || i+1 < len(s) && isWord(s[i+1])):
		default:
			return ""
		}
	}
	if strings.Contains(s, "://") || strings.Contains(strings.ToLower(s), "www.") {
		return ""
	}
	return s
}
