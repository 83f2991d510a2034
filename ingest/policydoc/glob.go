package policydoc

import match "trail403/ingest/glob"

// A pattern can have, in place of a wildcard, a character that stands for itself.
// Variables write it: their values hold no wildcards. No valid text has these bytes.
const (
	literalStar     = '\xff' // *
	literalQuestion = '\xfe' // ?
)

// glob says whether the text matches the pattern.
func glob(pattern, text string) bool { return match.MatchFunc(pattern, text, same) }

// same says whether a byte of a pattern that is no wildcard is that of the text.
func same(pattern, text byte) bool {
	switch pattern {
	case literalStar:
		return text == '*'
	case literalQuestion:
		return text == '?'
	}
	return pattern == text
}
