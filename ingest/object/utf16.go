package object

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader reads a text in UTF-16 as UTF-8: PowerShell writes the output of programs so.
// What is not valid becomes U+FFFD.
type utf16Reader struct {
	in    *bufio.Reader
	order binary.ByteOrder
	out   [utf8.UTFMax]byte // the character that is being read
	left  []byte            // of it
}

// isUTF16 says whether a text starts with a byte order mark of UTF-16.
func isUTF16(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
}

// newUTF16 reads a text whose byte order mark is next.
func newUTF16(in *bufio.Reader) *utf16Reader {
	r := &utf16Reader{in: in, order: binary.LittleEndian}
	if mark, _ := in.Peek(2); len(mark) == 2 && mark[0] == 0xfe {
		r.order = binary.BigEndian
	}
	in.Discard(2)
	return r
}

func (r *utf16Reader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(r.left) == 0 {
			if err := r.next(); err != nil {
				return n, err
			}
		}
		k := copy(p[n:], r.left)
		r.left = r.left[k:]
		n += k
	}
	return n, nil
}

// next reads the next character.
func (r *utf16Reader) next() error {
	unit, err := r.unit()
	if err != nil {
		return err
	}
	if utf16.IsSurrogate(unit) {
		if pair, err := r.in.Peek(2); err == nil {
			if whole := utf16.DecodeRune(unit, rune(r.order.Uint16(pair))); whole != utf8.RuneError {
				unit = whole
				r.in.Discard(2)
			}
		}
	}
	r.left = utf8.AppendRune(r.out[:0], unit)
	return nil
}

func (r *utf16Reader) unit() (rune, error) {
	head, err := r.in.Peek(2)
	if len(head) < 2 {
		if err == io.EOF && len(head) == 1 {
			err = io.ErrUnexpectedEOF
		}
		return 0, err
	}
	unit := rune(r.order.Uint16(head))
	r.in.Discard(2)
	return unit, nil
}
