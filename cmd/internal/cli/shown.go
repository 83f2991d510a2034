package cli

import "strings"

const (
	shownOfText = 200  // how many characters of a message or resource are shown
	longText    = 2000 // the same for a message that is not recognized; CloudTrail keeps 1 KB
)

// shown makes a text from a log fit for a line. Runs of white space become single
// spaces, and a text with more than most characters loses its middle.
func shown(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > most {
		head := most * 2 / 3
		s = string(runes[:head]) + "…" + string(runes[len(runes)-(most-head-1):])
	}
	return s
}
