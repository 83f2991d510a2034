package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"trail403/ingest/denial"
	"trail403/ingest/message"
)

// pastedText is a text that is being read. It ends where JSON starts, where the
// input ends, and between messages of a list.
type pastedText struct {
	lines    []byte
	unknown  []byte // the start of what was read and is no denial
	answered int    // how many answers there were before
	broken   error  // JSON that could not be read, and is a text then
}

// addLine adds a line. A line that is a message by itself, after another one, ends
// the text: a list of messages is answered while it is read.
func (q *questions) addLine(t *pastedText, line []byte) error {
	if len(t.lines)+len(line) > maxText || isList(t.lines, line) {
		if err := q.flush(t); err != nil {
			return err
		}
	}
	t.lines = append(t.lines, line...)
	return nil
}

func isList(before, line []byte) bool {
	if bytes.Count(bytes.TrimSpace(before), []byte("\n")) > 0 || len(before) > maxText>>4 || len(line) > maxText>>4 {
		return false
	}
	return isMessage(before) && isMessage(line)
}

// isMessage tells whether a line is a message as S3 writes it, with nothing around
// it and with a reason.
func isMessage(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("User: ")) {
		return false
	}
	m := message.Parse(string(bytes.TrimSpace(line)))
	return m.Cause.Policy() != ""
}

// flush answers the denials of the text.
func (q *questions) flush(t *pastedText) error {
	text := string(t.lines)
	t.lines = t.lines[:0]
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if raw, ok := straightJSON(text); ok {
		return q.record(raw)
	}
	found := denial.OfText(text)
	if t.broken != nil { // the code of a record says less than where its JSON breaks
		found = slices.DeleteFunc(found, func(p denial.Pasted) bool { return p.DeniedAction == "" })
	}
	if len(found) == 0 && t.unknown == nil {
		t.unknown = []byte(strings.TrimSpace(text))
	}
	return q.pasted(found)
}

// straightJSON returns a record that was printed with typographic quotes, as
// articles and chats do.
func straightJSON(text string) ([]byte, bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") || !strings.ContainsAny(text, "“”") {
		return nil, false
	}
	raw := []byte(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "\u00a0", " ").Replace(text))
	return raw, json.Valid(raw)
}

// endOfText answers what is left. An input without any denial gets one answer.
func (q *questions) endOfText(t *pastedText) error {
	if err := q.flush(t); err != nil {
		return err
	}
	switch {
	case q.sent > t.answered:
		return nil
	case t.broken != nil:
		return t.broken
	case t.unknown != nil:
		return q.send(unrecognized(string(t.unknown)))
	}
	return nil
}

// valueOr reads a JSON value. What looks like JSON and is not, such as a record that
// was cut when it was copied, is a text if it holds a denial.
func (q *questions) valueOr(t *pastedText) error {
	v := &oneValue{in: q.in}
	sent := q.sent
	err := q.value(v)
	if err == nil || errors.Is(err, errEnded) || q.sent > sent || v.total > len(v.read) {
		return err
	}
	t.lines, t.broken, t.answered = v.read, err, q.sent
	return nil
}
