// Package field reads the values of a CloudTrail record, as raw JSON. It is
// loose, since logs that went through other tools hold numbers, lists and texts
// instead of one another.
package field

import (
	"errors"
	"hash/crc32"
	"strings"

	"trail403/ingest/scan"
)

// ErrSyntax says that a record is not valid JSON.
var ErrSyntax = errors.New("a record is not valid JSON")

// Text reads a value that should be a string. Logs that went through other
// tools may hold a number, which is taken as written, or a list, of which the
// first element is taken. Anything else is empty.
func Text(value []byte) string {
	if len(value) > 0 && value[0] == '[' {
		value = first(value)
	}
	if len(value) == 0 {
		return ""
	}
	switch c := value[0]; {
	case c == '"':
		return clipped(value)
	case c == '-' || c >= '0' && c <= '9':
		return string(value[:min(len(value), MaxText)])
	}
	return ""
}

// MaxText is how many bytes of a string are read. CloudTrail cuts messages and
// user agents at 1 KB, and S3 keys have at most 1 KB. Only hostile input has more.
const MaxText = 16 << 10

// clipped decodes the JSON string, or the start of a long one.
func clipped(value []byte) string {
	if len(value) <= MaxText {
		s, _ := scan.Text(value)
		return s
	}
	beginning := make([]byte, 0, MaxText)
	// An escape must not be cut: the longest, a pair of \u…, has twelve bytes.
	for n := MaxText - 1; n > MaxText-13; n-- {
		beginning = append(append(beginning[:0], value[:n]...), '"')
		if s, ok := scan.Text(beginning); ok {
			return strings.ToValidUTF8(s, "\ufffd")
		}
	}
	return ""
}

func first(array []byte) []byte {
	for element := range scan.Elements(array) {
		return element
	}
	return nil
}

// Unwrap returns the object or array that a tool turned into a string, and any
// other value as it is.
func Unwrap(value []byte) []byte {
	if len(value) == 0 || value[0] != '"' {
		return value
	}
	s, _ := scan.Text(value)
	if inner := []byte(s); scan.Valid(inner) {
		return inner
	}
	return value
}

// Member returns the value of one member of an object, nil if there is none.
func Member(object []byte, name string) (found []byte) {
	for key, value := range scan.Members(Unwrap(object)) {
		if string(key) == name {
			found = value
		}
	}
	return found
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Fingerprint returns a hash of a record, the same on every machine. Processors
// compute both halves, which makes it ten times as fast as FNV.
func Fingerprint(record []byte) uint64 {
	return uint64(crc32.ChecksumIEEE(record))<<32 | uint64(crc32.Checksum(record, castagnoli))
}

// TrimSpace returns b without the white space of JSON at its start.
func TrimSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\n' || b[0] == '\r' || b[0] == '\t') {
		b = b[1:]
	}
	return b
}

// FirstOf returns the first value that is not empty.
func FirstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
