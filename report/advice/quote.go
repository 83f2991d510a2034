package advice

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many characters of a name prose shows.
const maxName = 160

// text makes a text from a log fit for prose. It is on one line and not too long.
// Characters that act on a terminal, and the backquotes that mark names and
// commands, become escapes. A text with spaces is quoted, so that it cannot pass
// for a part of the sentence, nor for a command.
func text(s string) string {
	if s == "" {
		return ""
	}
	if runes := []rune(s); len(runes) > maxName {
		const head = maxName * 2 / 3
		s = string(runes[:head]) + "…" + string(runes[len(runes)-(maxName-head-1):])
	}
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == '`' || c < 0x100 && !unicode.IsPrint(c):
			fmt.Fprintf(&b, `\x%02x`, c)
		case c > 0xffff && !unicode.IsPrint(c):
			fmt.Fprintf(&b, `\U%08x`, c)
		case !unicode.IsPrint(c):
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
	}
	if strings.Contains(s, " ") {
		return `"` + b.String() + `"`
	}
	return b.String()
}

// code is a name from a log between backquotes.
func code(s string) string { return "`" + text(s) + "`" }

// word returns s as one word of a shell command that stands for itself, as a
// value after an option of the AWS CLI. It returns "" for what is better not
// pasted at all: what the CLI takes for an option or for the name of a file
// (file://…), and characters that do not show themselves.
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
func word(s string) string {
	const longest = 1024 // of an object's key, in bytes
	if s == "" || len(s) > longest || s[0] == '-' || !utf8.ValidString(s) || strings.Contains(s, "://") {
		return ""
	}
	if strings.ContainsFunc(s, func(c rune) bool { return c == '`' || !unicode.IsPrint(c) }) {
		return ""
	}
	if isPlain(s) {
		return s
	}
	// Within single quotes everything but the single quote stands for itself, even
	// what an interactive shell takes for its history elsewhere.
	// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// isPlain says whether no shell takes a character of s for anything but itself.
func isPlain(s string) bool {
	for i, c := range s {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.ContainsRune("-_./:", c), strings.ContainsRune("+=,@", c) && i > 0:
		default:
			return false
		}
	}
	return true
}
