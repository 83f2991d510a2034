package filter

import (
	"strings"
	"unicode/utf8"
)

// MaxPattern is the length of the longest pattern, which is that of the longest ARN in
// IAM.
const MaxPattern = 2048

// pattern is a text in which * matches any characters, including / and :, and ? matches
// one. Nothing else is special, and case matters.
type pattern struct {
	glob string
	name bool // it has no colon, so it is compared with names
}

func parsePattern(glob string) (pattern, Problem) {
	switch {
	case glob == "":
		return pattern{}, Empty
	case len(glob) > MaxPattern:
		return pattern{}, TooLong
	case !utf8.ValidString(glob):
		return pattern{}, NotUTF8
	}
	return pattern{glob, !strings.Contains(glob, ":")}, ""
}

// matches says whether the pattern matches the value. A pattern without a colon also
// matches the part of the value after its last colon (role/app/reader), or the name at
// its end (reader).
func (p pattern) matches(value string) bool {
	if match(p.glob, value) {
		return true
	}
	if !p.name {
		return false
	}
	resource := value[strings.LastIndexByte(value, ':')+1:]
	name := resource[strings.LastIndexByte(resource, '/')+1:]
	return len(resource) < len(value) && match(p.glob, resource) ||
		len(name) < len(resource) && match(p.glob, name)
}

// match says whether the glob matches all of s. It returns only to the last star: what
// an earlier star matched never needs to change, because every way to match the text up
// to a star leaves the same choices after it. So the time is at most that of len(glob)
// passes through s, whatever s contains. (A regular expression would also work, but
// takes ten times as long.)
func match(glob, s string) bool {
	star, from := -1, 0 // the last star, and the position in s at which the text after it is tried
	g, i := 0, 0
	for i < len(s) {
		switch {
		case g < len(glob) && glob[g] == '*':
			star, from = g, i
			g++
		case g < len(glob) && glob[g] == '?':
			g++
			i += runeLen(s[i:])
		case g < len(glob) && glob[g] == s[i]:
			g++
			i++
		case star >= 0:
			from += runeLen(s[from:])
			g, i = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(glob[g:], "*") == ""
}

func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
