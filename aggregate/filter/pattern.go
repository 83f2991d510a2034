package filter

import (
	"strings"
	"unicode/utf8"

	"trail403/ingest/glob"
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
	if glob.Match(p.glob, value) {
		return true
	}
	if !p.name {
		return false
	}
	resource := value[strings.LastIndexByte(value, ':')+1:]
	name := resource[strings.LastIndexByte(resource, '/')+1:]
	return len(resource) < len(value) && glob.Match(p.glob, resource) ||
		len(name) < len(resource) && glob.Match(p.glob, name)
}
