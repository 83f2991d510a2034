package cli

import (
	"bufio"
	"fmt"
	"strings"
	"unicode/utf8"

	"trail403/ingest/message"
)

const (
	textWidth   = 92
	labelWidth  = 12
	shownOfText = 200 // characters of a message or resource
)

// textAnswers writes answers for people: what a tired person must know first
// stands first.
type textAnswers struct {
	w     *bufio.Writer
	later bool
}

func (t *textAnswers) write(a *answer) error {
	if t.later {
		t.w.WriteByte('\n')
	}
	t.later = true
	if a.advice.Alarm {
		fmt.Fprintf(t.w, "ALARM: an access key is in the wrong hands\n")
	}
	t.paragraph("", 2, a.headline())
	t.labelled("Event", a.when())
	known := a.denial.Cause != string(message.Unrecognized)
	if known {
		t.labelled("Refused by", a.advice.Refused+" ["+causeName(a)+"]")
		t.labelled("Fix is with", a.advice.OwnerText)
	}
	t.labelled("Meaning", a.advice.Meaning)
	for i, s := range a.advice.NextSteps {
		label := ""
		if i == 0 {
			label = "Next steps"
		}
		t.step(label, i+1, s)
	}
	if known {
		t.labelled("To check", a.advice.Check)
	}
	_, err := t.w.Write(nil) // a bufio.Writer keeps its first error
	return err
}

func causeName(a *answer) string {
	if a.denial.WhyNotTold != "" {
		return a.denial.Cause + ", " + a.denial.WhyNotTold
	}
	return a.denial.Cause
}

// headline says who was refused what.
func (a *answer) headline() string {
	d := &a.denial
	if d.Cause == string(message.Unrecognized) && d.Source == "" {
		return "Not recognized: " + shown(d.Message)
	}
	who := d.Principal
	if account := a.account(); account != "" {
		if _, name, ok := strings.Cut(who, ":"+account+":"); ok {
			who = strings.Replace(name, "/", " ", 1)
		}
		if who != account {
			who += " (account " + account + ")"
		}
	}
	if who == "" {
		who = "A caller"
	}
	what := d.DeniedAction
	if what == "" {
		what = d.Action
	}
	s := shown(who) + " was refused"
	switch {
	case what != "":
		s += " " + shown(what)
	case d.Source == "":
		return s + ": " + shown(d.Message)
	}
	switch {
	case a.resource != "":
		s += " on " + shown(a.resource)
	case d.Bucket != "":
		s += " on " + shown(d.Bucket)
	}
	return s
}

// when says of which event a record tells, "" for a bare message.
func (a *answer) when() string {
	d := &a.denial
	if d.Source == "" {
		return ""
	}
	s := d.Name
	if !d.Time.IsZero() {
		s += " at " + d.Time.Format("2006-01-02 15:04:05") + " UTC"
	}
	if d.SourceIP != "" {
		s += " from " + d.SourceIP
	}
	if d.EventID != "" {
		s += ", event " + d.EventID
	}
	return shown(s)
}

// shown makes a text from a log fit for a line: its blanks are single, and its
// middle is left out where it is long.
func shown(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > shownOfText {
		const head = shownOfText * 2 / 3
		s = string(runes[:head]) + "…" + string(runes[len(runes)-(shownOfText-head-1):])
	}
	return s
}

// labelled writes a paragraph with a label before it.
func (t *textAnswers) labelled(label, text string) {
	if text != "" {
		t.paragraph(fmt.Sprintf("  %-*s", labelWidth, label), labelWidth+2, text)
	}
}

// step writes one of the next steps.
func (t *textAnswers) step(label string, n int, text string) {
	t.paragraph(fmt.Sprintf("  %-*s%d. ", labelWidth, label, n), labelWidth+5, text)
}

// paragraph writes text behind its first words, broken at blanks, with the lines
// below it indented. A command, which stands between backquotes, is never
// broken: a long one gets a line of its own, to be copied.
func (t *textAnswers) paragraph(first string, indent int, text string) {
	line, empty := first, true // empty: nothing but indentation yet
	afterCommand := false
	flush := func() {
		if !empty {
			t.w.WriteString(printable(strings.TrimRight(line, " ")) + "\n")
		}
		line, empty = strings.Repeat(" ", indent), true
	}
	for _, word := range words(text) {
		if command, ok := longCommand(word); ok {
			if afterCommand && strings.Trim(line, " ,") == "and" {
				empty = true
			}
			flush()
			t.w.WriteString(strings.Repeat(" ", indent+2) + printable(command) + "\n")
			afterCommand = true
			continue
		}
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > textWidth {
			flush()
		}
		if !empty {
			line += " "
		}
		line += word
		empty = false
	}
	flush()
}

// words splits a text at its blanks, but not within backquotes.
func words(text string) []string {
	quoted := false
	return strings.FieldsFunc(text, func(c rune) bool {
		if c == '`' {
			quoted = !quoted
		}
		return c == ' ' && !quoted
	})
}

// longCommand returns the command that word is, if it is to stand alone, without
// the backquotes and what ends the sentence.
func longCommand(word string) (string, bool) {
	command, ok := strings.CutPrefix(strings.TrimRight(word, ",.;"), "`")
	if !ok || len(word) < 40 {
		return "", false
	}
	return strings.CutSuffix(command, "`")
}
