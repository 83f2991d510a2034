package object

import (
	"bufio"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// Every text comes back, in both orders, however it is read.
func TestUTF16(t *testing.T) {
	for _, text := range []string{"", "a", `{"a":"é€"}`, "😀x😀", strings.Repeat("a😀", 5000)} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			stored := order.AppendUint16(nil, 0xfeff)
			for _, unit := range utf16.Encode([]rune(text)) {
				stored = order.AppendUint16(stored, unit)
			}
			r := newUTF16(bufio.NewReaderSize(strings.NewReader(string(stored)), 16))
			if got, err := io.ReadAll(iotest.OneByteReader(r)); string(got) != text || err != nil {
				t.Errorf("%.20q: got %.20q, %v", text, got, err)
			}
			r = newUTF16(bufio.NewReader(strings.NewReader(string(stored[:len(stored)-1]))))
			if _, err := io.ReadAll(r); text != "" && err != io.ErrUnexpectedEOF {
				t.Errorf("%.20q, cut: %v", text, err)
			}
		}
	}
	r := newUTF16(bufio.NewReader(strings.NewReader("\xff\xfe\x00\xd8a\x00\x00\xdc")))
	if got, err := io.ReadAll(r); string(got) != "\ufffda\ufffd" || err != nil {
		t.Errorf("half characters: got %q, %v", got, err)
	}
}
