package object

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/envelope/flat"
)

// sniffed is how many bytes of a text tell what it is.
const sniffed = 512

// separator comes before each value of a JSON text sequence (RFC 7464).
const separator = "\x1e"

// headerSize is how many bytes tell whether a text is a table: the names of its columns,
// and the start of a row.
const headerSize = 16 << 10

var (
	zipMagic     = []byte("PK\x03\x04")
	parquetMagic = []byte("PAR1")
)

func isZip(in *bufio.Reader) bool {
	head, _ := in.Peek(len(zipMagic)) // an error comes again with the first read
	return bytes.Equal(head, zipMagic)
}

// isTar recognizes the formats of POSIX and GNU, which write their name into the
// header of the first member.
func isTar(text *bufio.Reader) bool {
	const at = 257
	head, _ := text.Peek(at + 5)
	return len(head) == at+5 && string(head[at:]) == "ustar"
}

// knownShape names a shape that is not JSON, but may well be CloudTrail.
func knownShape(head []byte) coverage.Shape {
	switch {
	case bytes.HasPrefix(head, []byte("\xfd7zXZ\x00")):
		return coverage.XZ
	}
	return ""
}

// looksLikeJSON says whether a text may be a JSON document that holds objects,
// going by its first bytes. If not, it is something else rather than broken.
func looksLikeJSON(head []byte) bool {
	const space = " \t\n\r" + separator
	head = bytes.TrimLeft(head, space)
	if word, rest, ok := bytes.Cut(head, []byte(" ")); ok && isTime(word) {
		head = bytes.TrimLeft(rest, space) // CloudWatch Logs export
	}
	if len(head) == 0 {
		return false
	}
	inner := bytes.TrimLeft(head[1:], space)
	if len(inner) == 0 { // the text ends: it may be anything
		return head[0] == '{' || head[0] == '['
	}
	switch head[0] {
	case '{':
		return inner[0] == '"' || inner[0] == '}'
	case '[':
		switch inner[0] {
		case '{', '[', ']', '"':
			return true
		}
		// A number or literal, unlike "[2026-10-01 09:00] a line of a log".
		if i := bytes.IndexAny(inner, ",] \t\n\r"); i > 0 {
			return json.Valid(inner[:i])
		}
	}
	return false
}

// isTime says whether a word outside of any JSON value is a time, as before each
// record of a CloudWatch Logs export.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
func isTime(word []byte) bool {
	const longest = len("2006-01-02T15:04:05.999999999+00:00")
	if len(word) < len("2006-01-02T15:04:05Z") || len(word) > longest || word[4] != '-' {
		return false
	}
	_, err := time.Parse(time.RFC3339, string(word))
	return err == nil
}

// header is the first line of a table: the names of its columns.
type header struct{ comma rune }

// tableOf says whether a text is a table of comma-separated values that may hold
// CloudTrail, going by its first bytes: a column has a name that is known, or a cell
// starts with a JSON object.
func tableOf(head []byte) (h header, ok bool) {
	line, rest, ok := bytes.Cut(head, []byte("\n"))
	if !ok || bytes.IndexByte(line, '{') >= 0 {
		return header{}, false
	}
	h.comma = ','
	for _, other := range ";\t" {
		if bytes.Count(line, []byte(string(other))) > bytes.Count(line, []byte(string(h.comma))) {
			h.comma = other
		}
	}
	names := csv.NewReader(bytes.NewReader(line))
	names.Comma = h.comma
	columns, err := names.Read()
	return h, err == nil && (flat.IsHeader(columns) || bytes.Contains(rest, []byte(`{""`)))
}
