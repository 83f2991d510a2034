package scan

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// Text decodes the raw JSON string value. It returns "" and false for a value
// that is no string. Bytes that are not UTF-8 become U+FFFD, as in encoding/json.
// The result does not share memory with value.
func Text(value []byte) (string, bool) {
	if len(value) < 2 || value[0] != '"' {
		return "", false
	}
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), true
	}
	var s string
	if err := json.Unmarshal(value, &s); err != nil {
		return "", false
	}
	return s, true
}

// keyText decodes a key, a raw JSON string. It copies only where it must.
func keyText(key []byte) []byte {
	inner := key[1 : len(key)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner
	}
	s, _ := Text(key)
	return []byte(s)
}
