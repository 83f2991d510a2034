// Package outline makes a report in Markdown easy to find one's way in: it lists the
// sections at its top, and leaves out those at its end if the report is to have few bytes.
//
//  1. A [Markdown] holds the text, and remembers where each of its parts starts
//     (outline.go).
//  2. The contents link to the parts that are written (contents.go).
//  3. Parts that do not fit are left out from the end, and a note names them (fit.go).
//  4. All of it is put together (write.go).
package outline

import (
	"bytes"

	"trail403/report/page"
)

// part is a part of the report from a heading to the next one.
type part struct {
	start int // in bytes
	level int
	title page.Text
	link  page.Text // of a section by its title, of a part with a number by that, or ""
}

// Markdown writes Markdown, and remembers where its parts start.
type Markdown struct {
	*page.Markdown
	text *bytes.Buffer
	list []part
}

// New returns a writer of Markdown.
func New() *Markdown {
	text := &bytes.Buffer{}
	return &Markdown{Markdown: page.NewMarkdown(text), text: text}
}

// Heading starts a part.
func (m *Markdown) Heading(level int, t page.Text) {
	_ = m.Flush() // A Buffer does not fail.
	p := part{m.text.Len(), level, t, ""}
	if number := page.NumberOf(t); level == 2 {
		p.link = page.LinkToHeading(t, t)
	} else if level == 3 && number != "" {
		p.link = page.LinkToHeading(t, number)
	}
	m.list = append(m.list, p)
	m.Markdown.Heading(level, t)
}

// first returns the number of the first section, which the contents precede.
func (m *Markdown) first() int {
	for i, p := range m.list {
		if p.level == 2 {
			return i
		}
	}
	return len(m.list)
}

// end returns where the first kept parts end.
func (m *Markdown) end(kept int) int {
	if kept < len(m.list) {
		return m.list[kept].start
	}
	return m.text.Len()
}

// before returns what precedes the contents, and after what follows them.
func (m *Markdown) before(kept int) []byte { return m.text.Bytes()[:m.end(min(kept, m.first()))] }

func (m *Markdown) after(kept int) []byte {
	return m.text.Bytes()[m.end(min(kept, m.first())):m.end(kept)]
}
