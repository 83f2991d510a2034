package paste

import (
	"slices"
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/pattern"
)

// chain are words between two errors of which one caused the other.
var chain = [...]string{
	"Caused by", "During handling of the above exception", "The above exception was the direct cause",
	"--->", "caused by:", "Suppressed:", "Details:", "[cause]",
}

// merge leaves one hit of several that print one error: a stack prints the error
// again for each cause, a program prints it and then its fields, and tools repeat
// it in a summary.
func merge(hits []hit, lines []line) []hit {
	var list []hit
	for _, h := range hits {
		if n := len(list); n > 0 && isEcho(&list[n-1], &h, lines) {
			list[n-1] = richer(list[n-1], h)
			continue
		}
		list = append(list, h)
	}
	return list
}

// isEcho tells whether hit b prints the error of hit a once more.
func isEcho(a, b *hit, lines []line) bool {
	if !agree(a, b) {
		return false
	}
	ida, idb := requestOf(lines, a.line, b.line), requestOf(lines, b.line, len(lines))
	switch {
	case ida != "" && idb != "":
		return ida == idb
	case isWholeLine(a, lines) && isWholeLine(b, lines):
		// A list of messages, or the code and the message that a browser shows.
		return b.line == a.line+1 && a.Text == "AccessDenied" && b.isBare() && b.Text != a.Text
	}
	l := &lines[b.line]
	switch {
	case isChained(lines[a.line:b.line], l.text):
		return true
	case slices.ContainsFunc(lines[a.line+1:b.line], func(l line) bool { return l.fresh || isEmpty(l.text) }):
		return false
	case l.fresh:
		return false
	case l.indented, isProperty(l.text):
		return true
	}
	return a.isBare() != b.isBare() || a.isBare() && !isWholeLine(a, lines)
}

// agree tells whether two hits can be of one error: they say the same, or one of
// them says nothing.
func agree(a, b *hit) bool {
	switch {
	case a.Message.Cause == event.NotAuthorization || b.Message.Cause == event.NotAuthorization:
		return a.Code == b.Code || a.isBare() || b.isBare()
	case a.isBare() || b.isBare():
		return true
	}
	return a.Message == b.Message
}

// richer returns the hit that says more.
func richer(a, b hit) hit {
	if a.isBare() && !b.isBare() {
		b.line = a.line
		return b
	}
	return a
}

// isWholeLine tells whether the line is the message, with nothing around it.
func isWholeLine(h *hit, lines []line) bool {
	l := &lines[h.line]
	return !l.indented && strings.TrimSpace(l.text) == h.Text && (strings.HasPrefix(h.Text, "User:") || !strings.Contains(h.Text, ":"))
}

var property = pattern.New(`^(?:["'][\w@. -]+["']|[a-z_][\w.]*)\s*(?::|=>)`)

// isProperty tells whether a line is a field of an object, an element of XML or a
// frame of a stack.
func isProperty(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "<") || strings.HasPrefix(s, "at ") || property.MatchString(s)
}

func isChained(between []line, text string) bool {
	for _, w := range chain {
		if strings.HasPrefix(strings.TrimSpace(text), w) {
			return true
		}
		for _, l := range between[min(1, len(between)):] {
			if strings.Contains(l.text, w) {
				return true
			}
		}
	}
	return false
}

// requestOf returns the first request ID in a line or after it, before another
// error.
func requestOf(lines []line, from, to int) string {
	for i := from; i < to && !(i > from && (isEmpty(lines[i].text) || lines[i].fresh)); i++ {
		if id := requestID(lines[i].text); id != "" {
			return id
		}
	}
	return ""
}
