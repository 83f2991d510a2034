package html

import (
	"html/template"
	"strings"

	"trail403/report/words"
)

// groups writes the table of groups.
func (c *cards) groups(d *data) error {
	if len(d.Groups) == 0 {
		return nil
	}
	c.Heading(2, "Groups")
	if left := d.total - len(d.Groups); left > 0 {
		rest := c.m.Totals.Denials
		for i := range d.Groups {
			rest -= d.Groups[i].Denials
		}
		c.Paragraph("This page has the " + words.Comma(len(d.Groups)) +
			" groups with the most denials. JSON also has the other " +
			words.Comma(left) + ", with " + words.Plural(rest, "denial") + ".")
	}
	var b strings.Builder
	if err := parts().ExecuteTemplate(&b, "table", nil); err != nil {
		return err
	}
	c.Raw(template.HTML(b.String()))
	shown := min(len(d.Groups), rowsWithoutScript)
	for i := range d.Groups[:shown] {
		c.Raw(row(&d.Groups[i]))
	}
	c.Raw("</tbody></table></div>\n<button type=\"button\" id=\"more\" hidden></button>\n")
	if shown < len(d.Groups) {
		c.Raw(`<div id="fewer">`)
		c.Paragraph("The first " + words.Comma(shown) + " of " + words.Plural(len(d.Groups), "group") +
			" are shown. The others need JavaScript.")
		c.Raw("</div>\n")
	}
	return nil
}
