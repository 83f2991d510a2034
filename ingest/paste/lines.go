package paste

import (
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/message"
)

// searchLines looks for a message in the lines that unescaping made of one.
func searchLines(text string) (hit, bool) {
	if m := message.Parse(text); m.Cause != event.Unrecognized && m.Cause != event.Truncated {
		return hitOf(text, m), true
	}
	if !strings.Contains(text, "\n") {
		return hit{}, false
	}
	var bare hit
	found := false
	for _, l := range join(clean(text)) {
		s := strings.TrimSpace(l.text)
		m := message.Parse(s)
		if s == "" || m.Cause == event.Unrecognized || m.Cause == event.Truncated {
			continue
		}
		if h := hitOf(s, m); !h.isBare() {
			return h, true
		} else if !found {
			bare, found = h, true
		}
	}
	return bare, found
}
