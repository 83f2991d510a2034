package html

import (
	"html/template"
	"strconv"
	"strings"

	"trail403/report/page"
	"trail403/report/plot"
	"trail403/report/words"
)

// rowsWithoutScript is how many groups the page has by itself.
const rowsWithoutScript = 200

const sparkWidth, sparkHeight = 120, 18

// row returns a row of the table of groups. The script makes its rows alike.
func row(g *group) template.HTML {
	var b strings.Builder
	b.WriteString(`<tr id="` + template.HTMLEscapeString(g.ID) + `"><td class="right">` +
		string(words.Comma(g.Denials).HTML()) + "</td><td>" + string(spark(g.counts)) + "</td>")
	for _, cell := range []page.Text{g.Trend, g.Principal, g.Request, g.Cause, g.Seen} {
		b.WriteString("<td>" + string(cell.HTML()) + "</td>")
	}
	b.WriteString("</tr>\n")
	return template.HTML(b.String()) // Every part of it is escaped.
}

// spark draws a series in a cell.
func spark(counts []int) template.HTML {
	width, height := strconv.Itoa(sparkWidth), strconv.Itoa(sparkHeight)
	return template.HTML(`<svg class="spark" aria-hidden="true" width="` + width + `" height="` + height +
		`" viewBox="0 0 ` + width + " " + height + `"><path d="` +
		plot.Sparkline(counts, sparkWidth, sparkHeight) + `"/></svg>`)
}
