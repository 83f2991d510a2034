// Package paste finds access denied errors in whatever people paste: terminal
// output, stack traces, log lines, answers of an SDK, XML.
//
// What a message means is the business of package message, which stays the only
// grammar. This package undoes what was done to a message on its way: line breaks
// within words, boxes, quotes, escapes. It also knows the texts of products that
// print a denial in words of their own, and it collects what the text around a
// denial shows: the operation, the bucket, the request.
//
// The steps, in this order:
//
//  1. clean.go removes what precedes the text of each line: boxes, quotation marks of
//     mail, timestamps, levels.
//  2. join.go puts a message together again that was wrapped at a width, with the
//     joints that glue.go proposes.
//  3. line.go looks for a denial in one line. It asks package message first, then
//     inner.go for texts within the line (string literals, XML), then unescape.go
//     for the line without its escapes, and at last forms.go and codes.go for the
//     tables of known texts.
//  4. merge.go recognizes that several lines print one error.
//  5. context.go and place.go read what the lines around a denial add to it.
//
// A text that is not known gives no finding. Nothing is guessed.
package paste

import (
	"strings"

	"trail403/ingest/message"
)

// Limit is the length of the longest text that Find reads, in bytes. Longer texts
// are not error messages.
const Limit = 1 << 20

// Find returns the denials in a text in their order, none if there is none.
func Find(text string) []Finding {
	if len(text) > Limit {
		text = text[:Limit]
	}
	lines := join(clean(text))
	var hits []hit
	for i := range lines {
		h, ok := search(lines[i].text, textOf(lines[max(0, i-3):min(len(lines), i+4)]))
		if ok {
			h.line = i
			hits = append(hits, h.checked(lines[i+1:]))
		}
	}
	if len(hits) == 0 || len(hits) == 1 && hits[0].Message.Cause.Effect() == "" {
		// A text that is one message, however its words are spaced.
		if m := message.Parse(text); m.Cause.Effect() != "" && m.Principal != "" && !strings.ContainsAny(m.Principal, " \t\n") {
			hits = []hit{hitOf(strings.TrimSpace(text), m)}
		}
	}
	hits = merge(hits, lines)
	found := make([]Finding, 0, len(hits))
	for i := range hits {
		f := hits[i].Finding
		f.Context = contextOf(hits, i, lines)
		found = append(found, f)
	}
	return found
}
