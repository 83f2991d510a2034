package html

import (
	"html/template"
	"strings"

	"trail403/report/page"
	"trail403/report/picture"
	"trail403/report/words"
)

// timeline writes the timeline of the window, and the place of its controls.
func (c *cards) timeline() {
	p := picture.Timeline(c.m)
	if p == nil {
		return
	}
	c.Heading(2, "Timeline")
	svg := p.SVG("")
	c.Raw(template.HTML(`<div class="picture" id="brush">` + svg + "</div>\n<div id=\"range\"></div>\n"))
	c.Raw(`<div id="narrowed" hidden>`)
	c.Paragraph("The groups and the matrix count only this time. Incidents, policies and rows of tables are shown if this " +
		"time has a part of the time between their first and last denial; their numbers are of the entire window.")
	c.Raw("</div>\n")
	text := page.Text("Each group counts under its most frequent cause.")
	if strings.Contains(svg, `class="mark"`) {
		text += " Diamonds are access changes before incidents."
	}
	if len(c.m.Gaps) > 0 {
		text += " On hatched days, an account and Region that usually has objects has none."
	}
	c.Paragraph(page.Toned(page.Faint, text))
}

// matrix shows who is denied access to what.
func (c *cards) matrix() {
	if c.heat.Picture == nil {
		return
	}
	c.Heading(2, "Principals and buckets")
	c.picture(c.heat.Picture, "matrix")
	if left := c.heat.Left; left > 0 {
		c.Paragraph("Not shown: " + words.Plural(left, "denial") + " of other principals, on other buckets or on none.")
	}
}
