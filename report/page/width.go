package page

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// widthOf returns how many columns of a terminal a text takes: two for a wide
// character, none for a mark that combines with the character before it.
func widthOf(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// Width returns how many columns of a terminal a text takes.
func Width(s string) int { return widthOf(s) }

// split returns the longest start of s that takes at most width columns, and the rest.
// It breaks between characters as people see them, and takes at least one.
func split(s string, width int) (head, rest string) {
	rest = s
	state := -1
	for taken := 0; rest != ""; {
		_, after, w, next := uniseg.FirstGraphemeClusterInString(rest, state)
		if taken+w > width && len(rest) < len(s) {
			break
		}
		taken += w
		rest, state = after, next
	}
	return s[:len(s)-len(rest)], rest
}

// squeeze cuts the middle out of a name, so that it has at most width columns. Similar
// names differ at either end: corp-data-eu, corp-data-us.
func squeeze(s string, width int) string {
	if widthOf(s) <= width {
		return s
	}
	var clusters []string
	for rest := s; rest != ""; {
		var one string
		one, rest, _, _ = uniseg.FirstGraphemeClusterInString(rest, -1)
		clusters = append(clusters, one)
	}
	head, tail := 0, len(clusters)
	left := width - 1 // for the …
	for fromHead := true; head < tail; fromHead = !fromHead {
		i := tail - 1
		if fromHead {
			i = head
		}
		w := widthOf(clusters[i])
		if w > left {
			break
		}
		left -= w
		if fromHead {
			head++
		} else {
			tail--
		}
	}
	return strings.Join(clusters[:head], "") + "…" + strings.Join(clusters[tail:], "")
}
