package plot

import (
	_ "embed"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"

	"trail403/report/page"
)

// Style is how the classes of shapes look, in light and dark.
//
//go:embed plot.css
var Style string

// hatching is the pattern of what was not seen. It is the only thing in a picture that
// has an id, and the id is the same in all pictures of a page, as is the pattern.
const hatching = `<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" ` +
	`patternTransform="rotate(45)"><rect class="hatch" width="2" height="6"/></pattern></defs>`

// File returns the picture as a file of its own.
func (p *Picture) File() string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + p.svg("<style>\n"+Style+"</style>", "paper ") + "\n"
}

// SVG returns the picture as an element of a page that has [Style].
func (p *Picture) SVG(class string) string { return p.svg("", class+" ") }

func (p *Picture) svg(head, class string) string {
	var b strings.Builder
	attributes(&b, "<svg", "xmlns", "http://www.w3.org/2000/svg", "class", strings.TrimSpace(class+"plot"),
		"viewBox", "0 0 "+number(p.Width)+" "+number(p.Height), "role", "group", "aria-label", p.Label)
	if f := p.Field; f.Bins > 0 {
		attributes(&b, "", "data-left", number(f.Left), "data-right", number(f.Right),
			"data-bins", strconv.Itoa(f.Bins), "data-start", strconv.FormatInt(f.Start.Unix(), 10),
			"data-step", strconv.FormatInt(int64(f.Step/time.Second), 10))
	}
	b.WriteString(">" + head)
	if p.has("gap") {
		b.WriteString(hatching)
	}
	for i := range p.Shapes {
		p.Shapes[i].write(&b)
	}
	b.WriteString("</svg>")
	return b.String()
}

func (p *Picture) has(class string) bool {
	for i := range p.Shapes {
		if p.Shapes[i].Class == class {
			return true
		}
	}
	return false
}

func (s *Shape) write(b *strings.Builder) {
	if s.Link != "" {
		attributes(b, "<a", "href", "#"+s.Link, "aria-label", s.Title)
		b.WriteString(">")
	}
	name := "rect"
	switch s.Form {
	case Rect:
		attributes(b, "<rect", "class", s.Class, "x", number(s.X), "y", number(s.Y),
			"width", number(s.W), "height", number(s.H))
	case Label:
		name = "text"
		attributes(b, "<text", "class", s.Class, "x", number(s.X), "y", number(s.Y))
	case Upright:
		name = "text"
		attributes(b, "<text", "class", s.Class, "transform", "translate("+number(s.X)+" "+number(s.Y)+") rotate(-90)")
	case Path:
		name = "path"
		attributes(b, "<path", "class", s.Class, "d", s.Text)
	case Diamond:
		name = "path"
		w := number(s.W / 2)
		attributes(b, "<path", "class", s.Class, "d",
			"M"+number(s.X)+" "+number(s.Y-s.W/2)+"l"+w+" "+w+" -"+w+" "+w+" -"+w+" -"+w+"z")
	}
	b.WriteString(">")
	if s.Title != "" {
		b.WriteString("<title>" + escape(s.Title) + "</title>")
	}
	if s.Form == Label || s.Form == Upright {
		b.WriteString(escape(s.Text))
	}
	b.WriteString("</" + name + ">")
	if s.Link != "" {
		b.WriteString("</a>")
	}
}

// attributes writes the start of an element and pairs of names and values. Empty values
// are left out.
func attributes(b *strings.Builder, start string, pairs ...string) {
	b.WriteString(start)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			b.WriteString(" " + pairs[i] + `="` + escape(pairs[i+1]) + `"`)
		}
	}
}

// escape returns a text that neither XML nor HTML takes for anything else. Characters
// that are not visible by themselves are escapes; lines stay apart.
func escape(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteString("\n")
		}
		_ = xml.EscapeText(&b, []byte(page.Visible(line))) // A Builder does not fail.
	}
	return b.String()
}

// number writes a coordinate to a tenth.
func number(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }
