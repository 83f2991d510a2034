package page

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names and messages come from whoever sent a request, and from file systems. They are
// hostile: they may contain Markdown, HTML, terminal escapes, and marks that reverse
// the direction of text. A page shows each of them as code, on one line, and shows
// every character that is not visible by itself as an escape. What remains may still
// have a meaning in a format, and the writer of that format escapes it.

// IsHostile says whether a character changes the text around it, or cannot be seen,
// instead of showing itself: control characters, which move a terminal's cursor; format
// characters, which reverse the direction of text; spaces other than the ASCII one;
// letters and marks without a shape. https://trojansource.codes,
// https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
func IsHostile(c rune) bool {
	if c < utf8.RuneSelf {
		return c < ' ' || c == 0x7f
	}
	const brailleBlank = '\u2800'
	return !unicode.IsPrint(c) || c == brailleBlank ||
		unicode.In(c, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Visible returns the text on one line. Hostile characters and bytes that are not valid
// UTF-8 are shown as escapes.
func Visible(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, IsHostile) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		c, size := utf8.DecodeRuneInString(s)
		switch {
		case c == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case !IsHostile(c):
			b.WriteRune(c)
		case c < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, c)
		case c <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			fmt.Fprintf(&b, `\U%08x`, c)
		}
		s = s[size:]
	}
	return b.String()
}

// Shorten cuts the middle out of a text, because both ends of an ARN or a key are more
// useful.
func Shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	head := limit * 2 / 3
	return string(runes[:head]) + "…" + string(runes[len(runes)-(limit-head-1):])
}
