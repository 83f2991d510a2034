package page

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Markdown writes a page in GitHub's Markdown.
type Markdown struct {
	w    *bufio.Writer
	err  error
	last block
	step int
}

var _ Writer = (*Markdown)(nil)

// NewMarkdown returns a writer of Markdown to w.
func NewMarkdown(w io.Writer) *Markdown { return &Markdown{w: bufio.NewWriter(w)} }

func (m *Markdown) Heading(level int, t Text) {
	m.begin(other)
	m.print(strings.Repeat("#", level), " ", markdown(t), "\n")
}

func (m *Markdown) Paragraph(t Text) {
	m.begin(other)
	m.print(markdown(t), "\n")
}

func (m *Markdown) Bullet(t Text) {
	m.begin(bullets)
	m.print("- ", markdown(t), "\n")
}

func (m *Markdown) Below(t Text) { m.print("  - ", markdown(t), "\n") }

func (m *Markdown) Step(t Text) {
	m.begin(steps)
	m.print(fmt.Sprint(m.step), ". ", markdown(t), "\n")
}

func (m *Markdown) Notice(_ Tone, label, t Text) {
	m.begin(other)
	m.print("> ", markdown(Bold(label+":")+" "+t), "\n")
}

func (m *Markdown) Table(t Table) {
	m.begin(other)
	var titles []Text
	var rules []string
	for _, c := range t.Columns {
		titles = append(titles, c.Title)
		rule := "---"
		if c.Right {
			rule = strings.Repeat("-", max(c.Pad-1, len(rule))) + ":"
		}
		rules = append(rules, rule)
	}
	m.row(t.Columns, titles)
	m.print("| ", strings.Join(rules, " | "), " |\n")
	for cells := range t.Rows {
		if m.row(t.Columns, cells); m.err != nil {
			return
		}
	}
}

// row prints a row of a table. Pipes are escaped only here: in a table they have a
// meaning even within code. Numbers are padded, so that the table is also easy to read
// where it is not rendered.
func (m *Markdown) row(columns []Column, cells []Text) {
	for i, c := range cells {
		s := strings.ReplaceAll(markdown(c), "|", `\|`)
		m.print("| ", strings.Repeat(" ", max(columns[i].Pad-utf8.RuneCountInString(s), 0)), s, " ")
	}
	m.print("|\n")
}

func (m *Markdown) Listing(language, lines string) {
	m.begin(other)
	rule := "```"
	for strings.Contains(lines, rule) {
		rule += "`"
	}
	m.print(rule, language, "\n", lines, "\n", rule, "\n")
}

func (m *Markdown) Flush() error {
	if m.err == nil {
		m.err = m.w.Flush()
	}
	return m.err
}

// begin prints the empty line between blocks.
func (m *Markdown) begin(b block) {
	if m.last != nothing && (b == other || b != m.last) {
		m.print("\n")
	}
	if b != m.last {
		m.step = 0
	}
	m.step++
	m.last = b
}

func (m *Markdown) print(parts ...string) {
	for _, s := range parts {
		if m.err == nil {
			_, m.err = m.w.WriteString(s)
		}
	}
}

// markdown renders a text. Markdown has no tones, and the words say the same.
func markdown(t Text) string {
	var b strings.Builder
	bold, link := false, ""
	weigh := func(on bool) {
		if on != bold {
			b.WriteString("**")
			bold = on
		}
	}
	lead := func(to string) {
		if link != "" && to != link {
			b.WriteString("](" + link + ")")
		}
		if to != "" && to != link {
			b.WriteString("[")
		}
		link = to
	}
	for s := range t.spans() {
		switch {
		case s.web != "":
			lead(s.web)
		case s.link != "":
			lead("#" + s.link)
		default:
			lead("")
		}
		weigh(s.bold)
		switch {
		case s.anchor != "":
			b.WriteString(`<a id="` + s.anchor + `"></a>`)
		case s.code:
			b.WriteString(codeSpan(s.text))
		default:
			b.WriteString(s.text)
		}
	}
	lead("")
	weigh(false)
	return b.String()
}

// codeSpan renders a text as code. Whatever the text is, all of it stays within the
// code, so that no part is read as Markdown or HTML, linked, or taken for a mention. In
// a table, the pipes in it must also be escaped, which [Markdown.row] does.
func codeSpan(s string) string {
	// Parsers differ on a backslash before a pipe that a table escapes.
	return fence(strings.ReplaceAll(s, `\|`, `\\x7c`))
}

// fence puts a text that is not empty between backquotes that it does not close.
func fence(s string) string {
	// The code ends at a run of as many backquotes as it started with. If there is a
	// space at both ends, one is removed at each.
	// https://spec.commonmark.org/0.31.2/#code-spans
	quotes := "`"
	for hasRun(s, len(quotes)) {
		quotes += "`"
	}
	first, last := s[0], s[len(s)-1]
	if first == '`' || last == '`' || first == ' ' && last == ' ' && strings.Trim(s, " ") != "" {
		s = " " + s + " "
	}
	return quotes + s + quotes
}

// hasRun says whether the text contains a run of exactly n backquotes.
func hasRun(s string, n int) bool {
	run := 0
	for i := range len(s) {
		if s[i] == '`' {
			run++
			continue
		}
		if run == n {
			return true
		}
		run = 0
	}
	return run == n
}
