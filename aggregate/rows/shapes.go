package rows

import (
	"bytes"
	"strings"
)

// shapes are those of messages, each kept once. They are the garbage collector's once no
// detail has them.
type shapes struct {
	known           map[string]string
	now, next, part []byte // room
}

// mostShapes bounds how many are remembered. A log has few, unless it is hostile.
const mostShapes = 1024

// share returns a shape in the memory of an equal one.
func (s *shapes) share(shape string) string {
	if known, ok := s.known[shape]; ok {
		return known
	}
	if s.known == nil || len(s.known) >= mostShapes {
		s.known = map[string]string{}
	}
	s.known[shape] = shape
	return shape
}

// of returns the shape of a message. A part may be left out more than once, or not at
// all: [Message.Text] puts back what is left out.
func (s *shapes) of(w *words, message, key, session string) string {
	s.now = append(s.now[:0], strings.ToValidUTF8(message, "\ufffd")...)
	fillings := w.fillings(key, session)
	for i := range holes {
		hole := holes - 1 - i                      // a key may hold the name of the bucket
		if part := fillings[hole]; len(part) > 2 { // a shorter one would leave holes all over
			s.leaveOut(part, byte(bucketHole+hole))
		}
	}
	if known, ok := s.known[string(s.now)]; ok {
		return known
	}
	return s.share(string(s.now))
}

// leaveOut puts a hole in place of each occurrence of a part.
func (s *shapes) leaveOut(part string, hole byte) {
	s.part = append(s.part[:0], part...)
	at := bytes.Index(s.now, s.part)
	if at < 0 {
		return
	}
	s.next = s.next[:0]
	rest := s.now
	for ; at >= 0; at = bytes.Index(rest, s.part) {
		s.next = append(append(s.next, rest[:at]...), hole)
		rest = rest[at+len(part):]
	}
	s.now, s.next = append(s.next, rest...), s.now
}
