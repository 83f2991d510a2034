package paste

import (
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/message"
	"trail403/ingest/pattern"
)

// mostLevels bounds how often escapes are undone: JSON in JSON in a log line.
const mostLevels = 5

// escapedQuote is a resource in quotes, in XML or HTML.
var escapedQuote = pattern.New(`on(?:\s|&nbsp;)+resource:?(?:\s|&nbsp;)*&(?:quot|#34|#[xX]22);`)

// search finds the denial in a line. The lines near it can show that it is S3's.
func search(text, near string) (hit, bool) {
	text = strings.TrimSpace(straight(text))
	if escapedQuote.MatchString(text) {
		text = unescape(text)
	}
	if text == "" {
		return hit{}, false
	}
	if h, ok := searchCode(text); ok {
		return h, true
	}
	if s, m := read(text); m.Cause != event.Unrecognized && !(m.Cause == event.Truncated && !names(m) && !strings.Contains(text, "authorized")) {
		if !names(m) && strings.HasPrefix(text, "HTTP ") && !ofS3.MatchString(text) {
			return hit{}, false // any web server answers so
		}
		return hitOf(s, m), true
	}
	unread := false // there is a denial that cannot be read
	for range mostLevels {
		if h, ok := searchInner(text); ok {
			return h, true
		}
		unread = unread || isDenial(text)
		plain := unescape(text)
		if plain == text {
			break
		}
		text = plain
		if h, ok := searchLines(text); ok {
			return h, true
		}
	}
	if h, ok := searchForm(text, near); ok && !unread {
		return h, true
	}
	if unread {
		return hitOf(text, message.Parse(text)), true
	}
	return hit{}, false
}
