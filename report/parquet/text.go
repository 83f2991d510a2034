package parquet

import "unicode/utf8"

// valid returns the text as UTF-8, each byte that is none as U+FFFD, as in the
// JSON report. Readers refuse a whole column for one wrong byte.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
