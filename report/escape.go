package report

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// maxText is how many characters of a text from a log a table shows.
const maxText = 160

// visible returns the text on one line, with hostile characters and bytes that
// are no UTF-8 shown as escapes.
func visible(s string) string {
	clean := func(c rune) bool { return isHostile(c) || c == utf8.RuneError }
	if !strings.ContainsFunc(s, clean) {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case c <= 0xff && clean(c):
			fmt.Fprintf(&b, `\x%02x`, c)
		case c > 0xffff && clean(c):
			fmt.Fprintf(&b, `\U%08x`, c)
		case c == utf8.RuneError:
			b.WriteRune(c)
		case clean(c):
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// shorten cuts a text in its middle: both ends of an ARN or a key say more.
func shorten(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	head := limit * 2 / 3
	return string(runes[:head]) + "…" + string(runes[len(runes)-(limit-head-1):])
}

// code renders a text from a log as code in Markdown, within a table or
// outside. Whatever the text, it stays within the code.
func code(s string) string {
	s = shorten(visible(s), maxText)
	switch {
	case s == "":
		return "–"
	case strings.TrimSpace(s) == s && !strings.ContainsAny(s, "`|"):
		return "`" + s + "`"
	}
	// Neither can stand in a code span within a table, nor can outer blanks. As
	// character references nothing of the text is read as Markdown or HTML.
	// https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
	var b strings.Builder
	b.WriteString("<code>")
	for _, c := range s {
		if strings.ContainsRune("`|*_~[]()!\\#<>&:@ ", c) {
			fmt.Fprintf(&b, "&#%d;", c)
		} else {
			b.WriteString(html.EscapeString(string(c)))
		}
	}
	b.WriteString("</code>")
	return b.String()
}
