package json

import (
	"bytes"
	"encoding/json"
)

// block is some values of a list as text.
type block struct {
	text []byte
	err  error
}

// encoder turns values into text. It remembers the first error.
type encoder struct {
	text bytes.Buffer // all that was encoded
	one  bytes.Buffer // of one value, by enc
	enc  *json.Encoder
	err  error
}

func newEncoder() *encoder {
	e := &encoder{}
	e.enc = json.NewEncoder(&e.one)
	return e
}

func (e *encoder) value(v any) {
	e.one.Reset()
	if err := e.enc.Encode(v); err != nil {
		if e.err == nil {
			e.err = err
		}
		return
	}
	e.text.Write(Escape(bytes.TrimSuffix(e.one.Bytes(), []byte("\n"))))
}

// take returns what was encoded, and starts again.
func (e *encoder) take() *block {
	b := &block{bytes.Clone(e.text.Bytes()), e.err}
	e.text.Reset()
	e.err = nil
	return b
}
