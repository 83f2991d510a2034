package brief

import "trail403/report/page"

// collector is a page of which only the title and the lines are kept. Of a table, that
// is its first row.
type collector struct {
	title      page.Text
	lines      []page.Text
	paragraphs []page.Text // of the lines
	notices    []notice    // likewise
}

type notice struct {
	tone page.Tone
	text page.Text
}

var _ page.Writer = (*collector)(nil)

func (c *collector) Heading(_ int, t page.Text) { c.title = t }
func (c *collector) Bullet(t page.Text)         { c.lines = append(c.lines, t) }
func (c *collector) Below(page.Text)            {}
func (c *collector) Step(t page.Text)           { c.lines = append(c.lines, t) }
func (c *collector) Listing(string, string)     {}
func (c *collector) Flush() error               { return nil }

func (c *collector) Paragraph(t page.Text) {
	c.lines, c.paragraphs = append(c.lines, t), append(c.paragraphs, t)
}

func (c *collector) Notice(tone page.Tone, label, t page.Text) {
	t = page.Toned(tone, page.Bold(label+":")) + " " + t
	c.lines, c.notices = append(c.lines, t), append(c.notices, notice{tone, t})
}

func (c *collector) Table(t page.Table) {
	for cells := range t.Rows {
		c.lines = append(c.lines, page.Join(cells, ": ")+".")
		return
	}
}
