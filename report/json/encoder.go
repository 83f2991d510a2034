package json

import (
	"bytes"
	"encoding/json"
	"sync"
)

// block is some values of a list as text.
type block struct {
	text bytes.Buffer
	err  error
}

// free are blocks that were written: a large report has as many as megabytes.
var free = sync.Pool{New: func() any { return &block{} }}

func newBlock() *block {
	b := free.Get().(*block)
	b.text.Reset()
	b.err = nil
	return b
}

// encoder turns values into text.
type encoder struct {
	*block              // all that was encoded, and the first error
	one    bytes.Buffer // of one value, by enc
	enc    *json.Encoder
}

func newEncoder() *encoder {
	e := &encoder{block: newBlock()}
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

// take returns what was encoded, and starts again. Whoever has written the block puts it
// among the free ones.
func (e *encoder) take() *block {
	b := e.block
	e.block = newBlock()
	return b
}
