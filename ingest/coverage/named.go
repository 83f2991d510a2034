package coverage

import (
	"slices"
	"unicode/utf8"

	"trail403/ingest/redact"
)

// maxName is how many bytes of a name are kept. Keys of S3 have at most 1,024, but
// the names in an archive may have any number.
const maxName = 2048

// shownName returns the name of an object or a folder fit to be kept and shown.
func shownName(name string) string { return cut(redact.Text(name), maxName) }

// cut shortens a text in the middle: names differ at the end, and an error names its
// cause there.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	start, end := most/2, len(s)-most/2
	for start > 0 && !utf8.RuneStart(s[start]) {
		start--
	}
	for end < len(s) && !utf8.RuneStart(s[end]) {
		end++
	}
	return s[:start] + "…" + s[end:]
}

// keepFirst sorts a list and keeps its first items. Which ones stay depends only on
// what was added, never on when.
func keepFirst[T any](list []T, most int, compare func(a, b T) int) []T {
	slices.SortFunc(list, compare)
	if len(list) <= most {
		return list
	}
	clear(list[most:]) // so that their texts go, too
	return list[:most]
}

// keepSome does the same once a list has become twice as long as it may be, so that
// adding to the list costs little.
func keepSome[T any](list []T, most int, compare func(a, b T) int) []T {
	if len(list) < 2*most {
		return list
	}
	return keepFirst(list, most, compare)
}
