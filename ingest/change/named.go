package change

import "trail403/ingest/field"

// Named says whether the record may be a change, by its text: it has somewhere a
// member eventName with the name of a listed call. It takes tens of nanoseconds.
// A change has that member, and the name is in the text as it is, unless a letter
// of it or of the key is written as an escape.
//
// There is no text to search for that is both rare and in every change: readOnly
// is missing in records of some services and years, and false in every PutObject.
func Named(record []byte) bool {
	for {
		name, rest, ok := field.NextName(record)
		if !ok || Listed(name) {
			return ok
		}
		record = rest
	}
}

// Listed says whether a name is that of a listed call.
func Listed(name []byte) bool { return names().has(name) }
