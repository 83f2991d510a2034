package columns

import (
	"encoding/binary"
	"errors"
)

// ErrCorrupt says that a file is not valid Parquet.
var ErrCorrupt = errors.New("invalid Parquet: the object is corrupt")

// Types of Thrift's compact protocol.
// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
const (
	typeTrue   = 1
	typeFalse  = 2
	typeByte   = 3
	typeI16    = 4
	typeI32    = 5
	typeI64    = 6
	typeDouble = 7
	typeBinary = 8
	typeList   = 9
	typeSet    = 10
	typeStruct = 12
)

// walker goes over a struct without decoding it.
type walker struct {
	data  []byte
	at    int
	items int // how many elements lists may still have, all together
	depth int // how many structs and lists may still nest
}

// SizeOfStruct returns how many bytes the struct at the start of data has, whose lists
// have at most the given number of elements. Without room for that in the data, the
// struct is corrupt.
func SizeOfStruct(data []byte, items int) (size int, ok bool) {
	w := walker{data: data, items: items, depth: 64}
	ok = w.skipStruct()
	return w.at, ok
}

func (w *walker) skipStruct() bool {
	if w.depth--; w.depth < 0 {
		return false
	}
	defer func() { w.depth++ }()
	for {
		b, ok := w.next()
		switch {
		case !ok:
			return false
		case b == 0:
			return true
		}
		if b>>4 == 0 { // the id of the field follows
			if _, ok := w.varint(); !ok {
				return false
			}
		}
		if kind := b & 15; kind != typeTrue && kind != typeFalse && !w.skip(kind) {
			return false
		}
	}
}

func (w *walker) skip(kind byte) bool {
	switch kind {
	case typeTrue, typeFalse, typeByte: // in a list, a byte each
		return w.advance(1)
	case typeI16, typeI32, typeI64:
		_, ok := w.varint()
		return ok
	case typeDouble:
		return w.advance(8)
	case typeBinary:
		n, ok := w.varint()
		return ok && n <= uint64(len(w.data)) && w.advance(int(n))
	case typeList, typeSet:
		return w.skipList()
	case typeStruct:
		return w.skipStruct()
	}
	return false // Parquet has neither maps nor UUIDs
}

func (w *walker) skipList() bool {
	if w.depth--; w.depth < 0 {
		return false
	}
	defer func() { w.depth++ }()
	b, ok := w.next()
	n := uint64(b >> 4)
	if ok && n == 15 {
		n, ok = w.varint()
	}
	if !ok || n > uint64(w.items) || n > uint64(len(w.data)-w.at) {
		return false
	}
	w.items -= int(n)
	for range n {
		if !w.skip(b & 15) {
			return false
		}
	}
	return true
}

func (w *walker) next() (b byte, ok bool) {
	if w.at >= len(w.data) {
		return 0, false
	}
	w.at++
	return w.data[w.at-1], true
}

func (w *walker) varint() (n uint64, ok bool) {
	n, size := binary.Uvarint(w.data[w.at:])
	return n, size > 0 && w.advance(size)
}

func (w *walker) advance(n int) bool {
	if n > len(w.data)-w.at {
		return false
	}
	w.at += n
	return true
}
