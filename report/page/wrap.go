package page

import "strings"

// longCommand is the width from which a command gets lines of its own, so that it can
// be copied.
const longCommand = 40

// A word is a part of a text that a line break does not split.
type word struct {
	line
	code    bool   // all of it is one name
	command string // a long command, instead of the pieces
}

// words splits a text at its spaces. A non-breaking space is part of a word.
func words(t Text) []word {
	var list []word
	joins := false // the next piece continues the last word
	add := func(text string, s span) {
		if !joins {
			list = append(list, word{code: s.code})
			joins = true
		} else {
			list[len(list)-1].code = false
		}
		list[len(list)-1].add(strings.ReplaceAll(text, "\u00a0", " "), style{s.bold, s.tone})
	}
	for s := range t.spans() {
		text := s.text
		switch {
		case s.anchor != "":
			continue
		case s.command && widthOf(text) >= longCommand:
			list = append(list, word{command: text})
			joins = false
			continue
		case s.code:
			text = s.shown()
			if widthOf(text) < longCommand {
				add(text, s)
				continue
			}
		}
		for i, part := range strings.Split(text, " ") {
			if i > 0 {
				joins = false
			}
			if part != "" {
				add(part, s)
			}
		}
	}
	return list
}

// shown returns a span as text. Backquotes show where a text from elsewhere starts and
// ends if the spaces in it could make it look like words of ours.
func (s *span) shown() string {
	switch {
	case s.tag:
		return "[" + s.text + "]"
	case s.code && (strings.ContainsAny(s.text, " `") || s.text == string(None)):
		return fence(s.text)
	}
	return s.text
}

// measure returns the width of a text on one line, and that of the longest name in it.
func measure(t Text) (whole, name int) {
	for s := range t.spans() {
		n := widthOf(s.shown())
		whole += n
		if s.code {
			name = max(name, n)
		}
	}
	return whole, name
}

// wrap lays a text out in lines of at most width columns. If cut is set, the middle is
// cut out of a name that is too long for a line. Otherwise, the name continues on the
// next line, and nothing is lost.
func wrap(t Text, width int, cut bool) []line {
	l := layout{width: width, cut: cut}
	for _, w := range words(t) {
		switch {
		case w.command != "":
			l.command(w.command)
		case l.afterCommand && l.now.width == 0 && onlyPunctuation(&w.line):
			// It ends the command in the text, but is not part of it.
		default:
			l.word(w)
		}
	}
	l.flush()
	return l.lines
}

// A layout is a text that is being laid out in lines.
type layout struct {
	width        int
	cut          bool
	lines        []line
	now          line // the last line, to which words are added
	afterCommand bool // there was a command before
}

// flush ends the last line.
func (l *layout) flush() {
	if l.now.width > 0 {
		l.lines = append(l.lines, l.now)
	}
	l.now = line{}
}

// command adds a long command on lines of its own. The words that join it to the
// command before are then not needed.
func (l *layout) command(command string) {
	if l.afterCommand && (l.now.String() == "and" || onlyPunctuation(&l.now)) {
		l.now = line{}
	}
	l.flush()
	l.lines = append(l.lines, wrapCommand(command, l.width)...)
	l.afterCommand = true
}

// word adds a word, on a new line if the last one has no room for it.
func (l *layout) word(w word) {
	if l.now.width > 0 && l.now.width+1+w.width > l.width {
		l.flush()
	}
	if l.now.width > 0 {
		l.now.add(" ", between(l.now.pieces[len(l.now.pieces)-1].style, w.pieces[0].style))
	}
	for _, p := range w.pieces {
		if l.cut && w.code {
			p.text = squeeze(p.text, l.width)
		}
		l.piece(p)
	}
}

// piece adds a piece, which continues on the next lines if it is too long.
func (l *layout) piece(p piece) {
	for l.now.width+widthOf(p.text) > l.width {
		head, rest := split(p.text, l.width-l.now.width)
		if l.now.width == 0 || l.now.width+widthOf(head) <= l.width {
			l.now.add(head, p.style)
			p.text = rest
		}
		l.flush()
	}
	l.now.add(p.text, p.style)
}

func onlyPunctuation(l *line) bool { return strings.Trim(l.String(), ",.;") == "" }

// between returns the style of a space between words.
func between(a, b style) style {
	if a == b {
		return a
	}
	return style{}
}

// wrapCommand lays a command out in lines that a shell reads as one, indented by two
// columns. An argument is never broken, because it is copied as it stands: with a line
// break in it, it would be another argument, and its rest a command.
func wrapCommand(command string, width int) []line {
	const indent, more = "  ", "    "
	var lines []line
	now := line{}
	now.add(indent, style{})
	empty := true
	args := arguments(command)
	for i, arg := range args {
		reserve := len(` \`)
		if i == len(args)-1 {
			reserve = 0
		}
		if !empty && now.width+1+widthOf(arg)+reserve > width {
			now.add(` \`, style{})
			lines = append(lines, now)
			now = line{}
			now.add(more, style{})
			empty = true
		}
		if !empty {
			now.add(" ", style{})
		}
		now.add(arg, style{}) // even if no line has room for it
		empty = false
	}
	return append(lines, now)
}

// arguments splits a command at its spaces, but not within quotes.
func arguments(command string) []string {
	var quoted rune
	return strings.FieldsFunc(command, func(c rune) bool {
		switch {
		case c == quoted:
			quoted = 0
		case quoted == 0 && (c == '\'' || c == '"'):
			quoted = c
		}
		return c == ' ' && quoted == 0
	})
}

func (l *line) String() string {
	var b strings.Builder
	for _, p := range l.pieces {
		b.WriteString(p.text)
	}
	return b.String()
}
