package page

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"time"
)

// HTML writes the blocks of a page as elements of HTML, without the page around them.
// [HTML.Raw] puts other elements between them.
type HTML struct {
	w    *bufio.Writer
	err  error
	open string // what closes the list that is open
	sub  bool   // a list within an item is open
}

var _ Writer = (*HTML)(nil)

// NewHTML returns a writer of HTML to w.
func NewHTML(w io.Writer) *HTML { return &HTML{w: bufio.NewWriterSize(w, 64<<10)} }

func (h *HTML) Heading(level int, t Text) {
	h.end()
	id := ""
	if level == 2 {
		id = ` id="` + headingID(t) + `"`
	}
	h.print(fmt.Sprintf("<h%d%s>%s</h%d>\n", level, id, t.HTML(), level))
}

func (h *HTML) Paragraph(t Text) {
	h.end()
	h.print("<p>", string(t.HTML()), "</p>\n")
}

func (h *HTML) Bullet(t Text) { h.item("ul", "", t) }
func (h *HTML) Step(t Text)   { h.item("ol", "", t) }

// BulletOf is Bullet for what was seen first and last at these times.
func (h *HTML) BulletOf(first, last time.Time, t Text) { h.item("ul", Span(first, last), t) }

func (h *HTML) Below(t Text) {
	if !h.sub {
		h.print("\n<ul>")
		h.sub = true
	} else {
		h.print("</li>")
	}
	h.print("<li>", string(t.HTML()))
}

func (h *HTML) Notice(tone Tone, label, t Text) {
	h.end()
	h.print(`<p class="notice `, toneClass[tone], `"><strong>`, string((label + ":").HTML()), "</strong> ",
		string(t.HTML()), "</p>\n")
}

func (h *HTML) Table(t Table) {
	h.end()
	titled := false
	for _, c := range t.Columns {
		titled = titled || c.Title != ""
	}
	h.print(`<div class="scroll" tabindex="0"><table>`)
	if titled {
		h.print("<thead><tr>")
		for _, c := range t.Columns {
			h.print(`<th scope="col"`, right(c), ">", string(c.Title.HTML()), "</th>")
		}
		h.print("</tr></thead>\n")
	}
	h.print("<tbody>")
	row := -1
	for cells := range t.Rows {
		h.print("<tr")
		if row++; t.Times != nil {
			h.print(Span(t.Times(row)))
		}
		h.print(">")
		for i, cell := range cells {
			if i == 0 && !titled {
				h.print(`<th scope="row">`, string(cell.HTML()), "</th>")
			} else {
				h.print("<td", right(t.Columns[i]), ">", string(cell.HTML()), "</td>")
			}
		}
		if h.print("</tr>\n"); h.err != nil {
			return
		}
	}
	h.print("</tbody></table></div>\n")
}

func (h *HTML) Listing(_, lines string) {
	h.end()
	h.print("<pre><code>", template.HTMLEscapeString(lines), "</code></pre>\n")
}

// Span returns the attributes that say when something was first and last seen, with a
// space before them.
func Span(first, last time.Time) string {
	return fmt.Sprintf(` data-from="%d" data-to="%d"`, first.Unix(), last.Unix())
}

// Raw writes elements that are complete by themselves.
func (h *HTML) Raw(elements template.HTML) {
	h.end()
	h.print(string(elements))
}

func (h *HTML) Flush() error {
	h.end()
	if h.err == nil {
		h.err = h.w.Flush()
	}
	return h.err
}

// item writes an item of a list, which stays open for what is below it.
func (h *HTML) item(list, attributes string, t Text) {
	closes := "</li></" + list + ">\n"
	if h.open == closes {
		h.endSub()
		h.print("</li>\n")
	} else {
		h.end()
		h.print("<", list, ">")
		h.open = closes
	}
	h.print("<li", attributes, ">", string(t.HTML()))
}

func (h *HTML) endSub() {
	if h.sub {
		h.print("</li></ul>")
		h.sub = false
	}
}

// end closes the list that is open.
func (h *HTML) end() {
	h.endSub()
	h.print(h.open)
	h.open = ""
}

func (h *HTML) print(parts ...string) {
	for _, s := range parts {
		if h.err == nil {
			_, h.err = h.w.WriteString(s)
		}
	}
}

func right(c Column) string {
	switch {
	case c.Right:
		return ` class="right"`
	case c.Fixed:
		return ` class="fixed"`
	}
	return ""
}
