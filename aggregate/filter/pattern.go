package filter

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxPattern is how long a pattern may be: the longest ARN that IAM knows.
const maxPattern = 2048

// pattern is a text in which * stands for any characters, / and : among them,
// and ? for one. Nothing else is special, and case matters.
type pattern struct {
	glob string
	name bool // it has no colon, so it is about names
}

func parsePattern(glob string) (pattern, error) {
	switch {
	case glob == "":
		return pattern{}, errors.New("the pattern is empty")
	case len(glob) > maxPattern:
		return pattern{}, fmt.Errorf("the pattern is longer than %d bytes, and no name is", maxPattern)
	case !utf8.ValidString(glob):
		return pattern{}, errors.New("the pattern is not UTF-8")
	}
	return pattern{glob, !strings.Contains(glob, ":")}, nil
}

// matches says whether the pattern matches the whole value or, if the pattern
// has no colon, what stands in the value behind its last colon (role/app/reader)
// or the name at its end (reader).
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

// match says whether the glob matches all of s. It goes back to the last star
// only: what an earlier one took need never be changed, since any way to match
// the text up to a star leaves no less behind it than another. So the time is at
// most that of len(glob) passes over s, whatever stands in it. (A regular
// expression would do; it takes ten times as long.)
func match(glob, s string) bool {
	star, from := -1, 0 // the last star, and where in s what follows it is tried
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
