package change

import (
	"bytes"

	"trail403/ingest/field"
)

// Needles returns texts of which every change that Named does not see has one,
// for a search over many records at once; see [scan.Reader].
//
// There are no others, since no text is both rare and in every change: readOnly
// is missing in records of some services and years, and false in every PutObject.
func Needles() []string { return []string{field.EscapedLetter} }

// Named says whether the record may be a change, by its text: it has somewhere a
// member eventName with the name of a listed call. It takes tens of nanoseconds,
// since the N of eventName is rare. A change has that member, and its text
// stands there as it is unless one of its letters, or of the key's, is written
// as an escape; those records have the needle.
func Named(record []byte) bool {
	const key, before = `eventName"`, len("event")
	for at := before; at < len(record); at++ {
		i := bytes.IndexByte(record[at:], 'N')
		if i < 0 {
			break
		}
		at += i
		if rest, ok := bytes.CutPrefix(record[at-before:], []byte(key)); ok && names()[string(word(rest))] {
			return true
		}
	}
	return false
}

// word returns the text of the JSON string behind a colon and blanks; it may be
// in a list, as tools make of it.
func word(b []byte) []byte {
	b = bytes.TrimLeft(b, " \t\r\n")
	if len(b) == 0 || b[0] != ':' {
		return nil
	}
	b = bytes.TrimLeft(b[1:], " \t\r\n")
	if len(b) > 0 && b[0] == '[' {
		b = bytes.TrimLeft(b[1:], " \t\r\n")
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
