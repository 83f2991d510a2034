package field

import "bytes"

// Steady reads a member that nearly all records of a log have alike, such as the Region.
// To compare a value with the last one takes a fraction of the time that it takes to find
// it in [Texts]. The zero value is ready.
type Steady struct {
	raw  []byte
	made text
}

// Text is [Text] of the value.
func (s *Steady) Text(texts *Texts, value []byte) string { return s.read(texts, value).plain }

// Redacted is [Redact] of [Text].
func (s *Steady) Redacted(texts *Texts, value []byte) string { return s.read(texts, value).redacted }

func (s *Steady) read(texts *Texts, value []byte) text {
	switch {
	case len(value) == 0:
		return text{}
	case len(value) > longest:
		return readText(value)
	case !bytes.Equal(s.raw, value):
		s.made = texts.read(value)
		s.raw = append(s.raw[:0], value...)
	}
	return s.made
}
