package paste

import (
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/message"
	"trail403/ingest/pattern"
)

// A literal opens after these, so an apostrophe within a word opens none.
const beforeLiteral = " \t\n:=([{,<>"

// mostLiterals bounds how many texts within a line are tried.
const mostLiterals = 16

// searchInner finds a message in a text within the line: in a string literal, or
// in XML. The reason must be the end of that text, so words of the line cannot be
// taken for one.
func searchInner(text string) (hit, bool) {
	if h, ok := searchXML(text); ok {
		return h, true
	}
	at := messageStart(text)
	if at < 0 {
		return hit{}, false
	}
	for tries, i := 0, at; i >= 0 && tries < mostLiterals; i-- {
		q := text[i]
		if strings.IndexByte("\"'`", q) < 0 || i > 0 && strings.IndexByte(beforeLiteral, text[i-1]) < 0 {
			continue
		}
		tries++
		if h, ok := searchLiteral(text[i+1:], q); ok {
			return h, true
		}
	}
	return hit{}, false
}

// messageStart returns where the last message of a line starts, -1 if there is
// none.
func messageStart(text string) int {
	i := strings.LastIndex(text, "User:")
	if i < 0 {
		i = strings.LastIndex(text, "is not authorized")
	}
	return i
}

// searchLiteral reads a literal that is open at the start of s: up to the first
// quote that is not escaped, else up to the last, where what printed it did not
// escape the quotes within.
func searchLiteral(s string, quote byte) (hit, bool) {
	first, last := -1, -1
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == quote && first < 0:
			first, last = i, i
		case s[i] == quote:
			last = i
		}
	}
	for _, end := range [...]int{first, last} {
		if end < 0 {
			continue
		}
		plain := unbackslash(s[:end])
		if h, ok := searchLines(strings.TrimSpace(plain)); ok && h.Message.Cause.Effect() != "" {
			return h, true
		}
	}
	return hit{}, false
}

var xmlMessage = pattern.New(`(?s)<Message>(.*?)</Message>`)

// searchXML finds the message of an error body of S3.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func searchXML(text string) (hit, bool) {
	m := xmlMessage.FindStringSubmatch(text)
	if m == nil {
		return hit{}, false
	}
	inner := strings.TrimSpace(unescape(m[1]))
	if msg := message.Parse(inner); msg.Cause != event.Unrecognized {
		return hitOf(inner, msg), true
	}
	return hit{}, false
}
