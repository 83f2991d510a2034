package paste

import (
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/message"
)

// A Finding is one denial in a text.
type Finding struct {
	Text    string          // the error text, without what a program printed around it where that is known
	Message message.Message // what Text says; the parts are those of Text
	Code    string          // the error code, for a text that is no matter of permissions, such as ExpiredToken
	Context Context
}

// Context is what the lines around a denial say about the request. Each part is
// empty where they do not tell.
type Context struct {
	Operation string // such as HeadObject
	Bucket    string
	Key       string
	RequestID string
	HostID    string
	ACL       bool // the request asks for an ACL (x-amz-acl)
	Head      bool // the answer was to a HEAD request, so it had no body
}

// A hit is a denial in one line.
type hit struct {
	Finding
	line int
}

// isBare tells whether a hit says no more than that access was denied.
func (h *hit) isBare() bool { return h.Message.Cause == event.NotTold && !names(h.Message) }

// checked reads the message again if the next line shows that what seemed to be its
// reason is within the key: the quote that closes the resource is there.
func (h hit) checked(next []line) hit {
	if len(next) == 0 || !strings.HasPrefix(strings.TrimSpace(next[0].text), `" `) || !strings.Contains(h.Text, `"`) {
		return h
	}
	text := h.Text + "\n" + next[0].text
	if m := message.Parse(text); names(m) {
		h.Text, h.Message = text, m
	}
	return h
}

func hitOf(text string, m message.Message) hit {
	return hit{Finding: Finding{Text: text, Message: m}}
}

// isDenial tells whether a text has the fixed words of a denial.
func isDenial(text string) bool {
	return strings.Contains(strings.Join(strings.Fields(text), " "), "is not authorized to perform:")
}

// names tells whether a message says who was denied, or what.
func names(m message.Message) bool { return m.Principal != "" || m.Action != "" || m.Resource != "" }

// read reads a message, also one after a label that package message does not know:
// what comes before it ends with a mark. Words without one may be those of a key,
// and are not cut off.
func read(text string) (string, message.Message) {
	m := message.Parse(text)
	if m.Cause != event.Unrecognized {
		return text, m
	}
	i := strings.Index(text, "User: ")
	before := strings.TrimSpace(text[:max(i, 0)])
	if before == "" || strings.IndexByte(":=.-([>", before[len(before)-1]) < 0 {
		return text, m
	}
	if labeled := message.Parse(text[i:]); labeled.Cause.Effect() != "" {
		return text[i:], labeled
	}
	return text, m
}
