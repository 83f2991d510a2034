package scan

import (
	"bytes"
	"math/bits"
)

// A Walk goes over a JSON text once and checks on the way that it is valid, as [Valid]
// does. The caller is asked about each member of an object and each element of an
// array, and goes over their values with the methods of the Walk. All methods take the
// index of a value and return the index after it, or -1 where the text is not valid.
//
// The zero value is ready after Reset, and can be used again for another text.
type Walk struct {
	text  []byte
	marks []uint64 // a bit for each byte that ends or breaks a string, or nil without vectors
	depth int
	room  []uint64 // the memory of marks
}

// Reset starts a walk over the text.
func (w *Walk) Reset(text []byte) {
	w.text, w.depth, w.marks = text, 0, nil
	if !vector {
		return
	}
	n := len(text) / blockSize
	if cap(w.room) < n+1 {
		w.room = make([]uint64, n+1+n/2)
	}
	w.marks = w.room[:n+1]
	if n > 0 {
		markVector(&text[0], n, &w.marks[0])
	}
	w.marks[n] = markBytes(text[n*blockSize:])
}

// markBytes does what markVector does to less than a block.
func markBytes(b []byte) (m uint64) {
	for i, c := range b {
		if c == '"' || c == '\\' || c < ' ' {
			m |= 1 << i
		}
	}
	return m
}

// Text returns the text of the walk.
func (w *Walk) Text() []byte { return w.text }

// Object goes over the object at i. It calls member with the key and the index of the
// value of each member, in order. Member returns the index after the value. A key is
// decoded, except that bytes that are not UTF-8 stay as they are.
func (w *Walk) Object(i int, member func(w *Walk, key []byte, i int) int) int {
	if i >= len(w.text) || w.text[i] != '{' || w.depth == MaxDepth {
		return -1
	}
	w.depth++
	i = w.members(i, member)
	w.depth--
	return i
}

func (w *Walk) members(i int, member func(w *Walk, key []byte, i int) int) int {
	b := w.text
	if i = skipSpace(b, i+1); i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		if i >= len(b) || b[i] != '"' {
			return -1
		}
		end := w.after(i + 1)
		if end < 0 {
			return -1
		}
		key := b[i+1 : end-1]
		if bytes.IndexByte(key, '\\') >= 0 {
			key = keyText(b[i:end])
		}
		if i = skipSpace(b, end); i == len(b) || b[i] != ':' {
			return -1
		}
		if i = member(w, key, skipSpace(b, i+1)); i < 0 {
			return -1
		}
		switch i = skipSpace(b, i); {
		case i < len(b) && b[i] == '}':
			return i + 1
		case i == len(b) || b[i] != ',':
			return -1
		}
		i = skipSpace(b, i+1)
	}
}

// Array does for the elements of an array what Object does for members.
func (w *Walk) Array(i int, element func(w *Walk, i int) int) int {
	if i >= len(w.text) || w.text[i] != '[' || w.depth == MaxDepth {
		return -1
	}
	w.depth++
	i = w.elements(i, element)
	w.depth--
	return i
}

func (w *Walk) elements(i int, element func(w *Walk, i int) int) int {
	b := w.text
	if i = skipSpace(b, i+1); i < len(b) && b[i] == ']' {
		return i + 1
	}
	for {
		if i = element(w, i); i < 0 {
			return -1
		}
		switch i = skipSpace(b, i); {
		case i < len(b) && b[i] == ']':
			return i + 1
		case i == len(b) || b[i] != ',':
			return -1
		}
		i = skipSpace(b, i+1)
	}
}

// Value goes over any value.
func (w *Walk) Value(i int) int {
	if i < len(w.text) && w.text[i] == '"' {
		return w.after(i + 1)
	}
	return w.value(i, w.depth)
}

// End says whether nothing but white space follows.
func (w *Walk) End(i int) bool { return i >= 0 && skipSpace(w.text, i) == len(w.text) }

// value goes over the value at i, at a depth.
func (w *Walk) value(i, depth int) int {
	b := w.text
	if i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"':
		return w.after(i + 1)
	case '{', '[':
		if depth == MaxDepth {
			return -1
		}
		return w.inner(i, depth+1)
	case 't':
		return validWord(b, i, "true")
	case 'f':
		return validWord(b, i, "false")
	case 'n':
		return validWord(b, i, "null")
	}
	return validNumber(b, i)
}

// inner goes over the object or array whose bracket is at i.
func (w *Walk) inner(i, depth int) int {
	b := w.text
	isObject := b[i] == '{'
	shut := b[i] + 2 // ASCII has them so: { | } and [ \ ]
	if i = skipSpace(b, i+1); i < len(b) && b[i] == shut {
		return i + 1
	}
	for {
		if isObject {
			if i >= len(b) || b[i] != '"' {
				return -1
			}
			if i = w.after(i + 1); i < 0 {
				return -1
			}
			if i = skipSpace(b, i); i == len(b) || b[i] != ':' {
				return -1
			}
			i = skipSpace(b, i+1)
		}
		if i = w.value(i, depth); i < 0 {
			return -1
		}
		switch i = skipSpace(b, i); {
		case i < len(b) && b[i] == shut:
			return i + 1
		case i == len(b) || b[i] != ',':
			return -1
		}
		i = skipSpace(b, i+1)
	}
}

// after goes over a string from after its opening quote.
func (w *Walk) after(i int) int {
	if w.marks == nil {
		return validString(w.text, i)
	}
	b := w.text
	for {
		i = w.mark(i)
		switch {
		case i >= len(b) || b[i] < ' ':
			return -1
		case b[i] == '"':
			return i + 1
		}
		if i = validEscape(b, i+1); i < 0 {
			return -1
		}
	}
}

// mark returns the index of the first marked byte from i on, or the length of the text.
func (w *Walk) mark(i int) int {
	at := i / blockSize
	if at >= len(w.marks) {
		return len(w.text)
	}
	if m := w.marks[at] >> (i % blockSize); m != 0 {
		return i + bits.TrailingZeros64(m)
	}
	for at++; at < len(w.marks); at++ {
		if m := w.marks[at]; m != 0 {
			return at*blockSize + bits.TrailingZeros64(m)
		}
	}
	return len(w.text)
}
