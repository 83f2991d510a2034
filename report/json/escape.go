package json

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"trail403/report/page"
)

// Escape writes characters that change how a terminal shows the text, or are
// not seen, as escapes. In marshalled JSON they can only stand within strings.
func Escape(text []byte) []byte {
	// Nearly all of a report is ASCII, of which marshalled JSON holds one such only.
	if !slices.ContainsFunc(text, func(c byte) bool { return c >= 0x7f }) {
		return text
	}
	i := bytes.IndexFunc(text, page.IsHostile)
	if i < 0 {
		return text
	}
	out := append(make([]byte, 0, len(text)+64), text[:i]...)
	for _, c := range string(text[i:]) {
		switch {
		case !page.IsHostile(c):
			out = utf8.AppendRune(out, c)
		case c > 0xffff:
			high, low := utf16.EncodeRune(c)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, c)
		}
	}
	return out
}
