package cli

import (
	"strings"

	"trail403/report"
)

// What help, hints and completion say of the formats follows from their table.

// extensions returns the usual extension of each format.
func extensions() (list []string) {
	for _, k := range report.Kinds() {
		list = append(list, k.Extensions[0])
	}
	return list
}

// formatChoices are the formats for completion.
func formatChoices() (all []choice) {
	for _, k := range report.Kinds() {
		all = append(all, choice{string(k.Format), k.About})
	}
	return all
}

func orList[T ~string](names []T) string  { return listOf(names, " or ") }
func andList[T ~string](names []T) string { return listOf(names, " and ") }

// listOf joins names with commas, and the last one with a word.
func listOf[T ~string](names []T, word string) string {
	var b strings.Builder
	for i, name := range names {
		switch {
		case i == 0:
		case i == len(names)-1:
			b.WriteString(word)
		default:
			b.WriteString(", ")
		}
		b.WriteString(string(name))
	}
	return b.String()
}
