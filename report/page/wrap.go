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
	var lines []line
	var now line
	flush := func() {
		if now.width > 0 {
			lines = append(lines, now)
		}
		now = line{}
	}
	afterCommand := false
	for _, w := range words(t) {
		if w.command != "" {
			// The words that join two commands are not needed if each command has its
			// own line.
			if s := now.String(); afterCommand && (s == "and" || strings.Trim(s, ",.;") == "") {
				now = line{}
			}
			flush()
			lines = append(lines, wrapCommand(w.command, width)...)
			afterCommand = true
			continue
		}
		if afterCommand && now.width == 0 && strings.Trim(w.String(), ",.;") == "" {
			continue
		}
		if now.width > 0 && now.width+1+w.width > width {
			flush()
		}
		if now.width > 0 {
			now.add(" ", between(now.pieces[len(now.pieces)-1].style, w.pieces[0].style))
		}
		for _, p := range w.pieces {
			if cut && w.code {
				p.text = squeeze(p.text, width)
			}
			for now.width+widthOf(p.text) > width {
				head, rest := split(p.text, width-now.width)
				if now.width == 0 || now.width+widthOf(head) <= width {
					now.add(head, p.style)
					p.text = rest
				}
				flush()
			}
			now.add(p.text, p.style)
		}
	}
	flush()
	return lines
}

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
