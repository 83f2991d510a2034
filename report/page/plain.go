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

// A Run is a part of a text that looks the same throughout, for formats that have a
// field for each way to look, in which no text has a meaning.
type Run struct {
	Text string
	Bold bool
	Code bool
}

// Runs returns the parts of a text, which are not empty.
func (t Text) Runs() (list []Run) {
	for s := range t.spans() {
		if s.text == "" {
			continue
		}
		r := Run{s.text, s.bold, s.code || s.command}
		if n := len(list); n > 0 && list[n-1].Bold == r.Bold && list[n-1].Code == r.Code {
			list[n-1].Text += r.Text
			continue
		}
		list = append(list, r)
	}
	return list
}
