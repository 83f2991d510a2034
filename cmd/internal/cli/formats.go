package cli

import (
	"strings"

	"trail403/report"
)

// What help, hints and completions say about the formats follows from their table.

// extensions returns the usual extension of each format.
func extensions() (list []string) {
	for _, k := range report.Kinds() {
		if len(k.Extensions) > 0 {
			list = append(list, k.Extensions[0])
		}
	}
	return list
}

// formatBefore splits the value of -o where it starts with the name of a format and a
// colon. A file whose name starts like that can be written as ./NAME.
func formatBefore(value string) (format report.Format, name string) {
	before, after, ok := strings.Cut(value, ":")
	if k, known := report.KindOf(report.Format(before)); ok && known {
		return k.Format, after
	}
	return "", value
}

// formatChoices are the formats for completions.
func formatChoices() (all []choice) {
	for _, k := range report.Kinds() {
		all = append(all, choice{string(k.Format), k.About})
	}
	return all
}
