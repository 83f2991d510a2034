package field

import (
	"bytes"

	"trail403/ingest/scan"
)

// maxName is longer than the name of any call.
const maxName = 128

var nameKey = scan.NewWord(`eventName"`)

// NextName finds the next member eventName in a text, wherever it is, and returns the
// name of the call, if it is written without escapes, and what follows. It takes tens
// of nanoseconds a record.
func NextName(text []byte) (name, rest []byte, ok bool) {
	i := nameKey.Index(text)
	if i < 0 {
		return nil, nil, false
	}
	rest = text[i+len(`eventName"`):]
	return word(rest), rest, true
}

// word returns the text of the JSON string after a colon and white space. It may
// be in a list, as some tools write it.
func word(b []byte) []byte {
	b = TrimSpace(b)
	if len(b) == 0 || b[0] != ':' {
		return nil
	}
	b = TrimSpace(b[1:])
	if len(b) > 0 && b[0] == '[' {
		b = TrimSpace(b[1:])
	}
	if len(b) == 0 || b[0] != '"' {
		return nil
	}
	b = b[1:min(len(b), maxName+2)]
	end := bytes.IndexByte(b, '"')
	if end < 0 {
		return nil
	}
	return b[:end]
}
