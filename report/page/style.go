package page

import "strings"

// A style is how a part of a line looks on a terminal with color.
type style struct {
	bold bool
	tone Tone
}

// The colors are the terminal's own sixteen, which its owner has chosen to be readable
// on its background.
// https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters
var toneCodes = map[Tone]string{Alarm: "31", Warning: "33", Faint: "2"}

const resetStyle = "\x1b[0m"

// start returns the control sequence that starts the style.
func (s style) start() string {
	var codes []string
	if s.bold {
		codes = append(codes, "1")
	}
	if code := toneCodes[s.tone]; code != "" {
		codes = append(codes, code)
	}
	return "\x1b[" + strings.Join(codes, ";") + "m"
}

// A piece is a part of a line in one style.
type piece struct {
	text string
	style
}

// A line is one line on a terminal.
type line struct {
	pieces    []piece
	width     int
	continues bool // in the next line
}

func (l *line) add(text string, s style) {
	l.width += widthOf(text)
	if n := len(l.pieces); n > 0 && l.pieces[n-1].style == s {
		l.pieces[n-1].text += text
		return
	}
	l.pieces = append(l.pieces, piece{text, s})
}

// fillTo adds spaces up to a width.
func (l *line) fillTo(width int) {
	if n := width - l.width; n > 0 {
		l.add(strings.Repeat(" ", n), style{})
	}
}

// append adds another line to the end of this one.
func (l *line) append(other line) {
	for _, p := range other.pieces {
		l.add(p.text, p.style)
	}
}
