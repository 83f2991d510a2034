package message

import "strings"

// White space between words may be any run of these: messages are pasted from
// documents and terminals, which wrap lines, and S3 itself writes two spaces
// here and there. ASCII only, so that one set holds everywhere in the package.
const spaces = " \t\n\r\v\f"

func isSpace(b byte) bool { return b == ' ' || '\t' <= b && b <= '\r' }

// isWord tells whether b continues a word, such that "session policyholder" is
// not taken for "session policy".
func isWord(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '-' || b == '_' || b >= 0x80
}

func trim(s string) string { return strings.Trim(s, spaces) }

func trimLeft(s string) string {
	i := 0
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	return s[i:]
}

func trimRight(s string) string {
	n := len(s)
	for n > 0 && isSpace(s[n-1]) {
		n--
	}
	return s[:n]
}

// cutDots removes the dots with which CloudTrail marks a text that it cut, and
// tells whether they were there.
func cutDots(s string) (string, bool) {
	return strings.CutSuffix(s, "...")
}

// A cursor reads words from the left.
type cursor struct {
	s    string // what is not read yet
	fold bool   // letters match in either case
	cut  bool   // the text ended where a word was expected: it may be cut off
}

// lit reads the words of pat, in which one space matches any run of white
// space, and white space before them. It moves over all of them or does not
// move at all. A last letter must be the end of a word.
func (c *cursor) lit(pat string) bool {
	s := trimLeft(c.s)
	i := 0
	for k := range len(pat) {
		if i == len(s) {
			c.cut = true
			return false
		}
		switch b := s[i]; {
		case pat[k] == ' ':
			if !isSpace(b) {
				return false
			}
			for i < len(s) && isSpace(s[i]) {
				i++
			}
		case b == pat[k] || c.fold && lower(b) == lower(pat[k]):
			i++
		default:
			return false
		}
	}
	if i < len(s) && isWord(s[i]) && isWord(pat[len(pat)-1]) {
		return false
	}
	c.s = s[i:]
	return true
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// anyOf reads the first of pats that matches.
func (c *cursor) anyOf(pats ...string) bool {
	for _, p := range pats {
		if c.lit(p) {
			return true
		}
	}
	return false
}

// word reads up to white space or a double quote: nothing that ends a quoted
// resource is ever part of a word. It returns "" where there is none.
func (c *cursor) word() string {
	s := trimLeft(c.s)
	i := 0
	for i < len(s) && !isSpace(s[i]) && s[i] != '"' {
		i++
	}
	if s == "" {
		c.cut = true
	}
	c.s = s[i:]
	return s[:i]
}

// lastWord removes the word w, and the white space around it, from the end of
// s. White space must follow it.
func lastWord(s, w string) (string, bool) {
	t := trimRight(s)
	if len(t) == len(s) {
		return s, false
	}
	return strings.CutSuffix(t, w)
}
