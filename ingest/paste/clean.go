package paste

import (
	"strings"

	"trail403/ingest/pattern"
)

// A line is one line of a text, later one or several lines joined.
type line struct {
	text     string
	fresh    bool // it begins a new entry of a log or list: a timestamp, or a known first word
	indented bool // it continues what the line before it said
	count    int  // of how many lines it was joined
}

// boxes stand before or after the text of a line: Terraform's box, tables,
// quotations in mails and chats, comments.
var (
	boxStart = pattern.New(`^[ \t]*(?:[│┃║▌▏|╷╵╭╰├└┌]+|>+(?:[ \t]>+)*|#+|//+|\*)(?:[ \t]|$)`)
	boxEnd   = pattern.New(`[ \t]+[│┃║|]$`)
)

// stamp is what loggers write before a text: a time, a level, the name of a
// stream, in any order.
var stamp = pattern.New(`^[ \t]*(?:` +
	`\[?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.]\d\d[-/.]\d{2,4})(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d| UTC)?\]?:?` +
	`|\[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?` +
	`|\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|SEVERE|CRITICAL|NOTICE|TRACE)\]?:?` +
	`|(?:stdout|stderr) [FP]` +
	`)(?:[ \t]+|$)`)

// first are words with which a program begins to print an error.
var first = pattern.New(`^(?:User: |An error occurred \(|fatal error: |(?:upload|download|copy|move|delete|read|write|remove_bucket|make_bucket) failed: |ERROR: |Error: |time=)`)

// clean splits a text into lines and removes what is not text before and after each.
func clean(text string) []line {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.ReplaceAll(text, "\u00a0", " ")
	var lines []line
	for s := range strings.SplitSeq(text, "\n") {
		lines = append(lines, cleanLine(s))
	}
	return lines
}

func cleanLine(s string) line {
	l := line{count: 1}
	for range 4 { // a quotation in a box
		m := boxStart.FindString(s)
		if m == "" {
			break
		}
		s = boxEnd.ReplaceAllString(s[len(m):], "")
	}
	for range 6 {
		m := stamp.FindString(s)
		if m == "" {
			break
		}
		s, l.fresh = s[len(m):], true
	}
	l.indented = s != "" && (s[0] == ' ' || s[0] == '\t')
	l.fresh = l.fresh || first.MatchString(s)
	l.text = s
	return l
}

// isEmpty tells whether a line has nothing to read.
func isEmpty(s string) bool { return strings.TrimSpace(s) == "" }
