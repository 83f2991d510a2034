package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names and messages come from whoever sent a request to S3, and from file
// systems. They are hostile: they may hold Markdown, HTML, terminal escapes and
// marks that turn text round. A report for people shows each as code, on one
// line, and every character that does not show itself as an escape.

const (
	// maxText is how many characters of a text a report for people shows: the
	// longest key of S3.
	maxText = 1024
	// maxCell is how many of them stand in a cell of a table. Names of roles,
	// users and buckets are never longer, unless they are forged.
	maxCell = 100
)

// isHostile says whether a character acts on what stands around it, or is not
// seen, instead of showing itself: control characters, which move a terminal's
// cursor; format characters, which turn the direction of text round; blanks
// other than the ASCII one; letters and marks without a shape.
// https://trojansource.codes, https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
func isHostile(c rune) bool {
	if c < utf8.RuneSelf {
		return c < ' ' || c == 0x7f
	}
	const brailleBlank = '\u2800'
	return !unicode.IsPrint(c) || c == brailleBlank ||
		unicode.In(c, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// visible returns the text on one line, with hostile characters and bytes that
// are no UTF-8 shown as escapes.
func visible(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, isHostile) {
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
		case !isHostile(c):
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

// shorten cuts a text in its middle: both ends of an ARN or a key say more.
func shorten(s string, limit int) string {
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

// code renders a text as code in Markdown, a dash where it is empty. Whatever
// the text, all of it stays within the code, so that no part is read as Markdown
// or HTML, linked, or taken for a mention. In a table the pipes in it must still
// be escaped, which [markdown.row] does.
func code(s string) string { return codeUpTo(s, maxText) }

func codeUpTo(s string, limit int) string {
	if s == "" {
		return "–"
	}
	// Parsers differ on a backslash before a pipe that a table escapes.
	s = strings.ReplaceAll(visible(s), `\|`, `\\x7c`)
	s = shorten(s, limit)
	// The text ends at a run of as many backticks as it began with; one blank at
	// either end is dropped if both are there.
	// https://spec.commonmark.org/0.31.2/#code-spans
	fence := "`"
	for hasRun(s, len(fence)) {
		fence += "`"
	}
	first, last := s[0], s[len(s)-1]
	if first == '`' || last == '`' || first == ' ' && last == ' ' && strings.Trim(s, " ") != "" {
		s = " " + s + " "
	}
	return fence + s + fence
}

// hasRun says whether the text holds a run of exactly n backticks.
func hasRun(s string, n int) bool {
	run := 0
	for i := range len(s) {
		if s[i] == '`' {
			run++
			continue
		}
		if run == n {
			return true
		}
		run = 0
	}
	return run == n
}

// sentence renders a sentence of our own, in which a text from a log may stand:
// as it is if it reads as nothing but a sentence, else as code.
func sentence(s string) string {
	if s == "" || len(s) > maxText || strings.TrimSpace(s) != s || strings.Contains(s, "www.") || !isPlain([]rune(s)) {
		return code(s)
	}
	return s
}

// isPlain says whether no character of a text means anything in Markdown where
// it stands.
func isPlain(s []rune) bool {
	isWord := func(i int) bool {
		return i >= 0 && i < len(s) && (unicode.IsLetter(s[i]) || unicode.IsDigit(s[i])) && !isHostile(s[i])
	}
	for i, c := range s {
		switch {
		case isWord(i) || strings.ContainsRune(" ,;.%()/'-–+=", c):
		case c == '_' && isWord(i-1) && isWord(i+1):
		case c == ':' && i+1 < len(s) && s[i+1] == ' ':
		default:
			return false
		}
	}
	return true
}
