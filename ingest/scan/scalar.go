package scan

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// validString goes over a string from after its opening quote, eight bytes at a
// time.
func validString(b []byte, i int) int {
	for {
		for i+8 <= len(b) {
			w := binary.LittleEndian.Uint64(b[i:])
			m := hasByte(w, '"') | hasByte(w, '\\') | (w-lows*' ')&^w&highs
			if m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
			i += 8
		}
		for i < len(b) && b[i] != '"' && b[i] != '\\' && b[i] >= ' ' {
			i++
		}
		switch {
		case i == len(b) || b[i] < ' ':
			return -1
		case b[i] == '"':
			return i + 1
		}
		if i = validEscape(b, i+1); i < 0 {
			return -1
		}
	}
}

// validEscape returns the index after the escape whose backslash is before b[i],
// or -1.
func validEscape(b []byte, i int) int {
	switch {
	case i == len(b):
		return -1
	case b[i] == 'u':
		if i+5 > len(b) || len(bytes.Trim(b[i+1:i+5], "0123456789abcdefABCDEF")) > 0 {
			return -1
		}
		return i + 5
	case plainEscapes[b[i]] == 0:
		return -1
	}
	return i + 1
}

func validWord(b []byte, i int, word string) int {
	if !bytes.HasPrefix(b[i:], []byte(word)) {
		return -1
	}
	return i + len(word)
}

// validNumber goes over digits, perhaps a fraction and perhaps an exponent.
func validNumber(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	end := skipDigits(b, i)
	if end == i || b[i] == '0' && end > i+1 {
		return -1
	}
	if i = end; i < len(b) && b[i] == '.' {
		if end = skipDigits(b, i+1); end == i+1 {
			return -1
		}
		i = end
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if end = skipDigits(b, i); end == i {
			return -1
		}
		i = end
	}
	return i
}

func skipDigits(b []byte, i int) int {
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	return i
}
