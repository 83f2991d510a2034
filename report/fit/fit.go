// Package fit shortens a report in Markdown to a number of bytes: the sections at its
// start are the most important.
package fit

import (
	"bytes"
	"io"

	"trail403/report/page"
	"trail403/report/words"
)

// Least is the least number of bytes that a report is made to fit.
const Least = 2000

// chunk is a part of the report from a heading to the next one.
type chunk struct {
	start int // in bytes
	level int
	title page.Text
}

// Markdown writes Markdown, and remembers where its parts start.
type Markdown struct {
	*page.Markdown
	text *bytes.Buffer
	list []chunk
}

// Heading starts a part.
func (c *Markdown) Heading(level int, t page.Text) {
	_ = c.Flush() // A Buffer does not fail.
	c.list = append(c.list, chunk{c.text.Len(), level, t})
	c.Markdown.Heading(level, t)
}

// New returns a writer of Markdown.
func New() *Markdown {
	text := &bytes.Buffer{}
	return &Markdown{Markdown: page.NewMarkdown(text), text: text}
}

// Write writes as many parts of the report as fit into a number of bytes, from the
// first one, and then says what is left out.
func (c *Markdown) Write(w io.Writer, limit int) error {
	if err := c.Flush(); err != nil {
		return err
	}
	return fit(w, c.text.Bytes(), c.list, limit)
}

func fit(w io.Writer, text []byte, list []chunk, limit int) error {
	if len(text) <= limit {
		_, err := w.Write(text)
		return err
	}
	for kept := len(list) - 1; kept >= 0; kept-- {
		end, note := list[kept].start, leftOut(list, kept, limit)
		if end+len(note) <= limit || kept == 0 {
			if _, err := w.Write(text[:end]); err != nil {
				return err
			}
			_, err := w.Write(note)
			return err
		}
	}
	return nil
}

// leftOut says which sections are left out from a part on, in Markdown.
func leftOut(list []chunk, from, limit int) []byte {
	var names []page.Text
	if list[from].level > 2 {
		for i := from; i >= 0; i-- {
			if list[i].level == 2 {
				names = append(names, "the rest of "+list[i].title)
				break
			}
		}
	}
	for _, c := range list[from:] {
		if c.level <= 2 {
			names = append(names, c.title)
		}
	}
	var b bytes.Buffer
	out := page.NewMarkdown(&b)
	out.Notice(page.Warning, "Shortened", "to fit "+words.Plural(limit, "byte")+
		", this report leaves out "+words.Listed(names)+". A run without "+page.Code("--fit")+" and the formats HTML and JSON have all of it.")
	_ = out.Flush() // A Buffer does not fail.
	return append([]byte("\n"), b.Bytes()...)
}
