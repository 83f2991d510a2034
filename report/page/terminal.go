package page

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

const (
	// minWidth is the narrowest page that is laid out.
	minWidth = 40
	// maxMeasure is the largest width of running text. Longer lines are hard to read.
	maxMeasure = 160
)

// Terminal writes a page as text for a terminal, or for people who read text as it is.
// No line is wider than the page, measured as terminals measure it, except those of a
// listing. Nothing but the codes for its own colors can act on the terminal.
type Terminal struct {
	w       *bufio.Writer
	err     error
	width   int
	color   bool
	last    block
	heading bool // the last block was a heading
	step    int
}

var _ Writer = (*Terminal)(nil)

// NewTerminal returns a writer of text to w for a page with this many columns, at least
// 40, with or without color.
func NewTerminal(w io.Writer, width int, color bool) *Terminal {
	return &Terminal{w: bufio.NewWriter(w), width: max(width, minWidth), color: color}
}

// Heading draws a line, so that the parts can be distinguished in a window that shows
// little of them.
func (t *Terminal) Heading(level int, text Text) {
	t.begin(other)
	t.heading = true
	rule := "─"
	if level == 1 {
		rule = "━"
	}
	lines := wrap(Bold(text), t.width-6, false)
	for i := range lines {
		var l line
		if i == 0 {
			l.add(rule+rule, style{})
		}
		l.fillTo(3)
		l.append(lines[i])
		if level < 3 && i == len(lines)-1 {
			l.fillTo(l.width + 1)
			l.add(strings.Repeat(rule, t.width-l.width), style{})
		}
		t.line(l)
	}
}

func (t *Terminal) Paragraph(text Text) {
	t.begin(other)
	t.hang("", text)
}

func (t *Terminal) Bullet(text Text) {
	t.begin(bullets)
	t.hang("- ", text)
}

func (t *Terminal) Below(text Text) { t.hang("    - ", text) }

func (t *Terminal) Step(text Text) {
	t.begin(steps)
	t.hang(fmt.Sprintf("%2d. ", t.step), text)
}

// Notice has its label in capitals where there would be color, for people and terminals
// without it.
func (t *Terminal) Notice(tone Tone, label, text Text) {
	t.begin(other)
	if tone != Plain {
		label = Text(strings.ToUpper(string(label)))
	}
	body := wrap(Toned(tone, Bold(label+":"))+" "+text, t.measure()-2, false)
	for i := range body {
		var l line
		if i > 0 {
			l.fillTo(2)
		}
		l.append(body[i])
		t.line(l)
	}
}

// Listing writes lines to copy, so it does not break them. They alone can be wider than
// the page.
func (t *Terminal) Listing(_, lines string) {
	t.begin(other)
	t.print(lines, "\n")
}

func (t *Terminal) Flush() error {
	if t.err == nil {
		t.err = t.w.Flush()
	}
	return t.err
}

func (t *Terminal) measure() int { return min(t.width, maxMeasure) }

// hang writes text whose first line starts with a mark. The other lines are aligned
// with the text of the first.
func (t *Terminal) hang(mark string, text Text) {
	t.lines(mark, wrap(text, t.measure()-len(mark), false))
}

func (t *Terminal) lines(mark string, lines []line) {
	for i := range lines {
		var l line
		if i == 0 {
			l.add(mark, style{})
		}
		l.fillTo(len(mark))
		l.append(lines[i])
		t.line(l)
	}
}

// line prints a line, with color if there is any.
func (t *Terminal) line(l line) {
	for _, p := range l.pieces {
		if t.color && p.style != (style{}) {
			t.print(p.start(), p.text, resetStyle)
		} else {
			t.print(p.text)
		}
	}
	t.print("\n")
}

// begin prints the empty line between blocks. There is none between a heading and its
// first block.
func (t *Terminal) begin(b block) {
	if t.last != nothing && !t.heading && (b == other || b != t.last) {
		t.print("\n")
	}
	t.heading = false
	if b != t.last {
		t.step = 0
	}
	t.step++
	t.last = b
}

func (t *Terminal) print(parts ...string) {
	for _, s := range parts {
		if t.err == nil {
			_, t.err = t.w.WriteString(s)
		}
	}
}
