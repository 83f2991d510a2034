package aggregate

import (
	"trail403/aggregate/amendment"
	"trail403/aggregate/document"
	"trail403/aggregate/rows"
	"trail403/aggregate/statement"
)

// seenOf returns the requests of the denials that the result is about.
func seenOf(t *rows.Table, judge *statement.Judge, book *document.Book) *amendment.Seen {
	seen := amendment.New(book)
	groups := t.Groups()
	for n, k := range groups.Keys {
		requests, more := judge.Denied(groups.Rows(n))
		g := amendment.Group{Principal: t.Text(k.Principal), Action: t.Text(k.Action), Bucket: t.Text(k.Bucket)}
		seen.Add(g, requests, more)
	}
	return seen
}
