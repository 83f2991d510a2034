package parquet

import "unicode/utf8"

// valid returns the text as UTF-8, with U+FFFD for each invalid byte, as in the JSON
// report. Readers reject an entire column because of one invalid byte.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
