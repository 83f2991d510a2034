package words

import (
	"fmt"
	"strings"

	"trail403/aggregate"
	"trail403/aggregate/filter"
	"trail403/ingest/redact"
)

// maxUnmatched is how many patterns without a match are named.
const maxUnmatched = 10

// Unmatched words a warning for each pattern of a filter or rule that no denial
// matches.
func Unmatched(list []aggregate.Unmatched) (warnings []string) {
	for _, u := range list[:min(len(list), maxUnmatched)] {
		warnings = append(warnings, unmatched(&u))
	}
	if n := len(list) - maxUnmatched; n > 0 {
		warnings = append(warnings, fmt.Sprintf("%s of filters and rules %s no denial",
			numbered(n, "other pattern"), matches(n)))
	}
	return warnings
}

func unmatched(u *aggregate.Unmatched) string {
	pattern := redact.Text(u.Pattern) // People paste texts of errors.
	text := "no denial matches all conditions of " + pattern
	if u.Field != "" {
		text = fmt.Sprintf("no %s matches %s", fieldName(u.Field), pattern)
	}
	if u.Line > 0 {
		text = fmt.Sprintf("line %d of %s: %s", u.Line, u.File, text)
	}
	if u.Nearest != "" {
		text += fmt.Sprintf("; did you mean %s?", u.Nearest)
	}
	return text
}

// fieldName names a field in a sentence.
func fieldName(f filter.Field) string {
	switch f {
	case filter.IP:
		return "address"
	case filter.VPCEndpoint:
		return "VPC endpoint"
	case filter.EventRegion:
		return "Region"
	}
	return strings.ReplaceAll(string(f), "-", " ")
}

func matches(n int) string {
	if n == 1 {
		return "matches"
	}
	return "match"
}
