package redact

import "strings"

// Key and Hidden replace what was removed from a text: the id of an access key, and
// anything else.
const (
	Key    = "[access-key]"
	Hidden = "[redacted]"
)

// edit replaces parts of a text, from left to right.
type edit struct {
	text string
	out  strings.Builder
	done int // the text up to here is in out
}

// replace replaces what is from begin to end. It does nothing if that is empty, or
// was replaced before.
func (e *edit) replace(begin, end int, by string) {
	if begin < e.done || begin >= end || e.text[begin:end] == by {
		return
	}
	e.out.WriteString(e.text[e.done:begin])
	e.out.WriteString(by)
	e.done = end
}

func (e *edit) String() string {
	if e.done == 0 {
		return e.text
	}
	e.out.WriteString(e.text[e.done:])
	e.done = len(e.text)
	return e.out.String()
}

// delimiters end a value that has no quotes.
const delimiters = "& \t\r\n\"'`<>;,)"

// valueEnd returns where the value ends that begins there.
func valueEnd(s string, begin int) int {
	if n := strings.IndexAny(s[begin:], delimiters); n >= 0 {
		return begin + n
	}
	return len(s)
}

// run returns where the run of characters ends that begins there.
func run(s string, begin int, is func(byte) bool) int {
	for begin < len(s) && is(s[begin]) {
		begin++
	}
	return begin
}

func isAlphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// isBase64 says whether a character is one of base64, in either alphabet.
func isBase64(c byte) bool { return isAlphanumeric(c) || strings.IndexByte("+/=-_", c) >= 0 }
