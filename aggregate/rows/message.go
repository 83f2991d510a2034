package rows

import "strings"

// Message is an error message in little memory. It has a shape, which most messages of a
// log share with others, and the texts that the shape leaves out.
type Message struct {
	shape string
	words *words
}

// words are the texts that all messages of a principal, action and bucket may name.
type words struct{ role, action, bucket string }

// The holes of a shape are the bytes from bucketHole on. A message that was read from JSON
// is valid UTF-8, and has no such bytes.
const (
	bucketHole = 0xfb + iota
	actionHole
	roleHole
	sessionHole
	keyHole
	holes = iota
)

// fillings returns what fills the holes, in their order.
func (w *words) fillings(key, session string) [holes]string {
	return [...]string{w.bucket, w.action, w.role, session, key}
}

// wordsOf returns the words of the messages of a principal, action and bucket.
func wordsOf(principal, action, bucket string) *words {
	return &words{principal[strings.LastIndexByte(principal, '/')+1:], action, bucket}
}

// PlainMessage returns a message that shares nothing with others.
func PlainMessage(text string) Message { return Message{shape: text} }

// IsEmpty says whether there is no message.
func (m *Message) IsEmpty() bool { return m.shape == "" }

// Text returns the message of a denial of the object key by the session.
func (m *Message) Text(key, session string) string {
	if m.words == nil {
		return m.shape
	}
	fillings := m.words.fillings(key, session)
	out := make([]byte, 0, 512)
	done := 0
	for i := range len(m.shape) {
		if c := m.shape[i]; c >= bucketHole {
			out = append(append(out, m.shape[done:i]...), fillings[c-bucketHole]...)
			done = i + 1
		}
	}
	return string(append(out, m.shape[done:]...))
}
