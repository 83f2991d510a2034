package outline

import (
	"bytes"

	"trail403/report/page"
)

const (
	// fewSections is how many sections are easy to find without contents.
	fewSections = 2
	// maxNumbers is how many parts of a section have a link of their own.
	maxNumbers = 25
)

// contents returns links to the first parts: the sections, and in each of them the
// numbers of its parts.
func (m *Markdown) contents(kept int) []byte {
	var links []page.Text
	numbers := 0
	for _, p := range m.list[:kept] {
		switch {
		case p.link == "":
		case p.level == 2:
			links, numbers = append(links, p.link), 0
		case len(links) > 0:
			last := &links[len(links)-1]
			if numbers++; numbers <= maxNumbers {
				*last += " " + p.link
			} else if numbers == maxNumbers+1 {
				*last += " …"
			}
		}
	}
	if len(links) <= fewSections {
		return nil
	}
	var b bytes.Buffer
	out := page.NewMarkdown(&b)
	out.Paragraph(page.Bold("Contents:") + " " + page.Join(links, " · "))
	_ = out.Flush() // A Buffer does not fail.
	return append([]byte("\n"), b.Bytes()...)
}
