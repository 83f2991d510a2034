package cli

import (
	"slices"
	"strings"
)

// splitLists splits each value at its commas: --error-code A,B --error-code C.
func splitLists(values []string) (all []string) {
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			all = append(all, strings.TrimSpace(part))
		}
	}
	return all
}

// texts returns named values as strings.
func texts[T ~string](values []T) (all []string) {
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}

// oneOf returns the value that a flag has, if it is one of those that the flag can
// have. kinds is what such values are called: formats.
func oneOf[T ~string](flag, value string, known []T, kinds string) (T, error) {
	if i := slices.Index(known, T(value)); i >= 0 {
		return known[i], nil
	}
	return "", usagef("unknown --%s %q", flag, value).
		didYouMean(value, texts(known)).
		hint("the %s are %s", kinds, andList(known))
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
