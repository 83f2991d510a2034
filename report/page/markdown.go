package page

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/dustin/go-humanize"
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
	anchor := ""
	if level == 2 {
		// GitHub gives headings an id in files, but not in comments.
		anchor = anchorTag(headingID(t))
	}
	m.print(strings.Repeat("#", level), " ", markdown(t), anchor, "\n")
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

const (
	// fewRows is how many rows of a long table are in sight. The others are folded.
	fewRows = 10
	// leastFolded is how many rows are worth folding.
	leastFolded = 3
)

// Table writes the first rows, and folds the others if they are several.
func (m *Markdown) Table(t Table) {
	m.begin(other)
	m.header(t.Columns)
	all, n := 0, 0
	for range t.Rows {
		all++
	}
	folds := all >= fewRows+leastFolded
	for cells := range t.Rows {
		if n++; folds && n == fewRows+1 {
			m.print("\n<details><summary>", humanize.Comma(int64(all-fewRows)), " more rows</summary>\n\n")
			m.header(t.Columns)
		}
		if m.row(t.Columns, cells); m.err != nil {
			return
		}
	}
	if folds {
		m.print("\n</details>\n")
	}
}

func (m *Markdown) header(columns []Column) {
	var titles []Text
	var rules []string
	for i, c := range columns {
		titles = append(titles, c.Title)
		if isBelow(columns, i) {
			continue
		}
		rule := "---"
		if c.Right {
			rule = strings.Repeat("-", max(c.Pad-1, len(rule))) + ":"
		}
		rules = append(rules, rule)
	}
	m.row(columns, titles)
	m.print("| ", strings.Join(rules, " | "), " |\n")
}

// isBelow says whether a column goes below the one before it.
func isBelow(columns []Column, i int) bool {
	return i > 0 && columns[i].Stack != "" && columns[i].Stack == columns[i-1].Stack
}

// row prints a row of a table. Pipes are escaped only here: in a table they have a
// meaning even within code. Numbers are padded, so that the table is also easy to read
// where it is not rendered.
func (m *Markdown) row(columns []Column, cells []Text) {
	for i, c := range cells {
		s := strings.ReplaceAll(markdown(c), "|", `\|`)
		if isBelow(columns, i) {
			m.print("<br>", s)
			continue
		}
		if i > 0 {
			m.print(" ")
		}
		m.print("| ", strings.Repeat(" ", max(columns[i].Pad-utf8.RuneCountInString(s), 0)), s)
	}
	m.print(" |\n")
}

func (m *Markdown) Listing(language, lines string) {
	m.begin(other)
	rule := "```"
	for strings.Contains(lines, rule) {
		rule += "`"
	}
	m.print(rule, language, "\n", lines, "\n", rule, "\n")
}

// Picture shows a picture in a file. Whatever the path is, it is only a path.
func (m *Markdown) Picture(description Text, path string) {
	m.begin(other)
	m.print("![", markdown(description), "](", (&url.URL{Path: path}).String(), ")\n")
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
			b.WriteString(anchorTag(s.anchor))
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

func anchorTag(id string) string { return `<a id="` + id + `"></a>` }

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
