package running

import "strings"

// hopeless are the errors that a query has because of its text, its table or its user.
// https://trino.io/docs/current/develop/client-protocol.html#query-results-attributes
var hopeless = map[string]bool{
	"SYNTAX_ERROR": true, "TABLE_NOT_FOUND": true, "SCHEMA_NOT_FOUND": true, "CATALOG_NOT_FOUND": true,
	"COLUMN_NOT_FOUND": true, "TYPE_MISMATCH": true, "PERMISSION_DENIED": true, "FUNCTION_NOT_FOUND": true,
	"MISSING_CATALOG_NAME": true, "MISSING_SCHEMA_NAME": true,
}

// IsHopeless says whether every query would fail for a reason, which begins with the name
// of an error.
func IsHopeless(reason string) bool {
	end := strings.IndexFunc(reason, func(r rune) bool { return r != '_' && (r < 'A' || r > 'Z') })
	if end < 0 {
		end = len(reason)
	}
	return hopeless[reason[:end]]
}
