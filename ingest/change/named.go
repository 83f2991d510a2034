package change

import (
	"bytes"

	"trail403/ingest/field"
	"trail403/ingest/scan"
)

var nameKey = scan.NewWord(`eventName"`)

// Named says whether the record may be a change, by its text: it has somewhere a
// member eventName with the name of a listed call. It takes tens of nanoseconds.
// A change has that member, and the name is in the text as it is, unless a letter
// of it or of the key is written as an escape.
//
// There is no text to search for that is both rare and in every change: readOnly
// is missing in records of some services and years, and false in every PutObject.
func Named(record []byte) bool {
	for {
		i := nameKey.Index(record)
		if i < 0 {
			return false
		}
		record = record[i+len(`eventName"`):]
		if names().has(word(record)) {
			return true
		}
	}
}

// word returns the text of the JSON string after a colon and white space. It may
// be in a list, as some tools write it.
func word(b []byte) []byte {
	b = field.TrimSpace(b)
	if len(b) == 0 || b[0] != ':' {
		return nil
	}
	b = field.TrimSpace(b[1:])
	if len(b) > 0 && b[0] == '[' {
		b = field.TrimSpace(b[1:])
	}
	if len(b) == 0 || b[0] != '"' {
		return nil
	}
	b = b[1:min(len(b), longestName+2)]
	end := bytes.IndexByte(b, '"')
	if end < 0 {
		return nil
	}
	return b[:end]
}
