package cli

import (
	"bufio"
	"fmt"
	"strings"
	"trail403/ingest/event"
	"unicode/utf8"
)

const (
	textWidth   = 92
	labelWidth  = 12
	shownOfText = 200  // characters of a message or resource
	wholeText   = 2000 // of one that is not recognized: CloudTrail keeps 1 KB
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
	// Its lines begin elsewhere than labels do, which it could imitate.
	t.paragraph("", 4, strings.Fields(a.headline()))
	t.labelled("Event", strings.Fields(a.when()))
	known := a.denial.Cause != event.Unrecognized
	if !known && a.denial.Source != "" {
		t.labelled("Message", strings.Fields(shown(a.denial.Message, wholeText)+" ["+causeName(a)+"]"))
	}
	if known {
		t.labelled("Refused by", words(a.advice.Refused+" ["+causeName(a)+"]"))
		t.labelled("Fix is with", words(a.advice.OwnerText))
	}
	t.labelled("Meaning", words(a.advice.Meaning))
	for i, s := range a.advice.NextSteps {
		label := ""
		if i == 0 {
			label = "Next steps"
		}
		t.paragraph(fmt.Sprintf("  %-*s%d. ", labelWidth, label, i+1), labelWidth+5, words(s))
	}
	if known {
		t.labelled("To check", words(a.advice.Check))
	}
	_, err := t.w.Write(nil) // a bufio.Writer keeps its first error
	return err
}

func causeName(a *answer) string {
	if a.denial.WhyNotTold != "" {
		return string(a.denial.Cause) + ", " + a.denial.WhyNotTold
	}
	return string(a.denial.Cause)
}

// headline says who was refused what.
func (a *answer) headline() string {
	d := &a.denial
	if d.Cause == event.Unrecognized && d.Source == "" {
		return "Not recognized: " + shown(d.Message, wholeText)
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
	switch who {
	case "":
		who = "A caller"
	case "anonymous", "unknown":
		who = "An " + who + " caller"
	}
	what := d.DeniedAction
	if what == "" {
		what = d.Action
	}
	s := shown(who, shownOfText) + " was refused"
	switch {
	case what != "":
		s += " " + shown(what, shownOfText)
	case d.Source == "":
		return s + ": " + shown(d.Message, shownOfText)
	}
	switch {
	case a.resource != "":
		s += " on " + shown(a.resource, shownOfText)
	case d.Bucket != "":
		s += " on " + shown(d.Bucket, shownOfText)
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
	return shown(s, shownOfText)
}

// shown makes a text from a log fit for a line: its blanks are single, and its
// middle is left out where it has more characters than most.
func shown(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > most {
		head := most * 2 / 3
		s = string(runes[:head]) + "…" + string(runes[len(runes)-(most-head-1):])
	}
	return s
}

// labelled writes a paragraph with a label before it.
func (t *textAnswers) labelled(label string, text []string) {
	if len(text) > 0 {
		t.paragraph(fmt.Sprintf("  %-*s", labelWidth, label), labelWidth+2, text)
	}
}

// paragraph writes words in lines, the first of which begins with first; the
// others are indented. A command, which stands between backquotes, is one word:
// a long one gets a line of its own, to be copied.
func (t *textAnswers) paragraph(first string, indent int, text []string) {
	line, empty := first, true // empty: nothing but indentation yet
	afterCommand := false
	flush := func() {
		if !empty {
			t.w.WriteString(printable(strings.TrimRight(line, " ")) + "\n")
		}
		line, empty = strings.Repeat(" ", indent), true
	}
	for _, word := range text {
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

// words splits a text of package advice at its blanks, but not within backquotes.
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
	if !ok || len(word) < 40 || !strings.Contains(word, " ") {
		return "", false
	}
	return strings.CutSuffix(command, "`")
}
