package page

import (
	"html/template"
	"strings"
)

var toneClass = map[Tone]string{Plain: "plain", Alarm: "alarm", Warning: "warning", Faint: "faint"}

// HTML returns the text as elements of HTML that stay on one line.
func (t Text) HTML() template.HTML {
	var b strings.Builder
	link := ""
	for s := range t.spans() {
		if to := s.element(); to != link {
			if link != "" {
				b.WriteString("</a>")
			}
			b.WriteString(to)
			link = to
		}
		s.html(&b)
	}
	if link != "" {
		b.WriteString("</a>")
	}
	return template.HTML(b.String()) // Every part of it is escaped.
}

// element returns the start of the link that the span is in, or "". A page on the web does
// not learn where the reader came from.
func (s *span) element() string {
	switch {
	case s.web != "":
		return `<a rel="noopener noreferrer" href="` + template.HTMLEscapeString(s.web) + `">`
	case s.link != "":
		return `<a href="#` + template.HTMLEscapeString(s.link) + `">`
	}
	return ""
}

// html writes a span between the elements that show how it looks.
func (s *span) html(b *strings.Builder) {
	if s.anchor != "" {
		b.WriteString(`<span id="` + template.HTMLEscapeString(s.anchor) + `"></span>`)
		return
	}
	end := ""
	around := func(start, name string) {
		b.WriteString(start)
		end = "</" + name + ">" + end
	}
	if s.bold {
		around("<strong>", "strong")
	}
	if s.tone != Plain {
		around(`<span class="`+toneClass[s.tone]+`">`, "span")
	}
	switch {
	case s.command:
		around(`<code class="command">`, "code")
	case s.code:
		around("<code>", "code")
	}
	b.WriteString(template.HTMLEscapeString(s.text) + end)
}
