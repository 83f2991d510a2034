package query

import (
	"slices"
	"strings"
)

// Names are those of the columns of an answer that is unloaded.
var Names = []string{"path", "lines", "records", "odd", "data_events", "hits", "bodies"}

// Unload makes Athena write the answer of a query into an empty place, as compressed
// objects, with each row as JSON on a line of its own.
// https://docs.aws.amazon.com/athena/latest/ug/unload.html
func Unload(sql, place string) (string, error) {
	if !safePlace.MatchString(place) {
		return "", ErrPlace
	}
	names := slices.Clone(Names)
	for i := range names {
		names[i] = identifier(names[i])
	}
	return "UNLOAD (\nSELECT * FROM (\n" + sql + "\n) AS answer (" + strings.Join(names, ", ") + ")\n)\nTO " + literal(place) +
		"\nWITH (format = 'JSON', compression = 'GZIP')", nil
}
