package file

import (
	"strings"
	"unicode/utf8"
)

// mark is the first byte of a text that is escaped. No other text begins with it.
const mark = "\x00"

// escaped returns a text as valid UTF-8, because readers of Parquet reject a column
// for one invalid byte, and the names of objects may hold any.
func escaped(s string) string {
	if utf8.ValidString(s) && !strings.HasPrefix(s, mark) {
		return s
	}
	var b strings.Builder
	b.WriteString(mark)
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

// unescaped reverses escaped.
func unescaped(s string) string {
	rest, ok := strings.CutPrefix(s, mark)
	if !ok {
		return s
	}
	b := make([]byte, 0, len(rest))
	for _, r := range rest {
		b = append(b, byte(r))
	}
	return string(b)
}
