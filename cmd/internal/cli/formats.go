package cli

import "trail403/report"

// What help, hints and completions say about the formats follows from their table.

// extensions returns the usual extension of each format.
func extensions() (list []string) {
	for _, k := range report.Kinds() {
		list = append(list, k.Extensions[0])
	}
	return list
}

// formatChoices are the formats for completions.
func formatChoices() (all []choice) {
	for _, k := range report.Kinds() {
		all = append(all, choice{string(k.Format), k.About})
	}
	return all
}
