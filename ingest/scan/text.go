package scan

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Text decodes the raw JSON string value. It returns "" and false for a value
// that is not a string. Bytes that are not UTF-8 become U+FFFD, as in encoding/json.
// The result does not share memory with value.
func Text(value []byte) (string, bool) {
	if len(value) < 2 || value[0] != '"' {
		return "", false
	}
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), true
	}
	if s, ok := unescapeText(inner); ok {
		return s, true
	}
	var s string
	if err := json.Unmarshal(value, &s); err != nil {
		return "", false
	}
	return s, true
}

// unescapeText decodes what a string holds if all its escapes are of one letter
// and it is plain otherwise, as messages with their quotes are.
func unescapeText(inner []byte) (string, bool) {
	var out strings.Builder
	out.Grow(len(inner))
	for rest := inner; ; {
		n := bytes.IndexByte(rest, '\\')
		if n < 0 {
			n = len(rest)
		}
		for _, c := range rest[:n] {
			if c < ' ' || c == '"' {
				return "", false
			}
		}
		out.Write(rest[:n])
		if n == len(rest) {
			break
		}
		if n++; n == len(rest) {
			return "", false
		}
		c := plainEscapes[rest[n]]
		if c == 0 {
			return "", false
		}
		out.WriteByte(c)
		rest = rest[n+1:]
	}
	return out.String(), utf8.ValidString(out.String())
}

var plainEscapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// keyText decodes a key, a raw JSON string. It copies only where it must.
func keyText(key []byte) []byte {
	inner := key[1 : len(key)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner
	}
	s, _ := Text(key)
	return []byte(s)
}
