package page

import "strings"

// Plain returns the text without anything that tells how to show it. It still has no
// character that is invisible, and is to be escaped where it is written.
func (t Text) Plain() string {
	var b strings.Builder
	for s := range t.spans() {
		b.WriteString(s.text)
	}
	return b.String()
}
