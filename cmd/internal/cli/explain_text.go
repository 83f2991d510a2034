package cli

import (
	"bufio"
	"fmt"
	"strings"
	"unicode/utf8"

	"trail403/ingest/event"
)

const (
	textWidth  = 92
	labelWidth = 16
)

// textAnswers writes answers for people. What a tired person must know first
// comes first.
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
	// The headline could imitate a label, so its lines start in another column.
	t.paragraph("", 4, strings.Fields(a.headline()))
	t.labeled("Event", strings.Fields(a.when()))
	known := a.denial.Cause != event.Unrecognized
	if !known && a.denial.Source != "" {
		t.labeled("Message", strings.Fields(shown(a.denial.Message, longText)+" ["+causeName(a)+"]"))
	}
	if known {
		t.labeled("Reason", words(a.advice.Reason+" ["+causeName(a)+"]"))
		t.labeled("Who can fix it", words(a.advice.OwnerText))
	}
	t.statements(a)
	t.labeled("Meaning", words(a.advice.Meaning))
	for i, s := range a.advice.NextSteps {
		label := ""
		if i == 0 {
			label = "Next steps"
		}
		t.paragraph(fmt.Sprintf("  %-*s%d. ", labelWidth, label, i+1), labelWidth+5, words(s))
	}
	if known {
		t.labeled("How to check", words(a.advice.Check))
	}
	for i, ask := range a.askAWS() {
		label := ""
		if i == 0 {
			label = "Ask AWS"
		}
		t.labeled(label, append(strings.Fields(ask.text), "`"+ask.command+"`"))
	}
	_, err := t.w.Write(nil) // a bufio.Writer keeps its first error
	return err
}

// statements writes what the policies say, and how to get those that are missing.
func (t *textAnswers) statements(a *answer) {
	if !a.looked {
		return
	}
	for i := range a.explained.Findings {
		t.labeled("Statement", strings.Fields(a.findingText(&a.explained.Findings[i])))
	}
	fetches := a.fetches()
	switch {
	case a.explained.Disagrees != "":
		t.labeled("Statement", strings.Fields(a.explained.Disagrees))
	case len(a.explained.Findings) == 0:
		t.labeled("Statement", strings.Fields("No policy that was read explains this denial."))
	}
	for i, f := range fetches {
		label := ""
		if i == 0 {
			label = "To read more"
		}
		text := "Run this in the account that has the policy:"
		if f.Account != "" {
			text = "Run this in account " + f.Account + ":"
		}
		t.labeled(label, append(strings.Fields(text), "`"+f.Command+"`"))
	}
}

func causeName(a *answer) string {
	if a.denial.WhyNotTold != "" {
		return string(a.denial.Cause) + ", " + a.denial.WhyNotTold
	}
	return string(a.denial.Cause)
}

// headline says who was denied what.
func (a *answer) headline() string {
	d := &a.denial
	if d.Cause == event.Unrecognized && d.Source == "" {
		return "Not recognized: " + shown(d.Message, longText)
	}
	what := d.DeniedAction
	if what == "" {
		what = d.Action
	}
	s := shown(a.caller(), shownOfText) + " was denied"
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

// caller names the caller and its account, at the start of a sentence.
func (a *answer) caller() string {
	who, account := a.denial.Principal, a.account()
	switch who {
	case "":
		return "A caller"
	case "anonymous", "unknown":
		return "An " + who + " caller"
	case account:
		return "Account " + account
	}
	if account == "" {
		return who
	}
	if _, resource, ok := strings.Cut(who, ":"+account+":"); ok {
		who = resource
		if kind, _, ok := strings.Cut(resource, "/"); ok {
			name := resource[strings.LastIndexByte(resource, '/')+1:]
			who = name + " " + strings.ReplaceAll(kind, "-", " ") // reader role
		}
	}
	return who + " (account " + account + ")"
}

// when describes the event of a record, "" for a bare message.
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

// labeled writes a paragraph with a label before it.
func (t *textAnswers) labeled(label string, text []string) {
	if len(text) > 0 {
		t.paragraph(fmt.Sprintf("  %-*s", labelWidth, label), labelWidth+2, text)
	}
}

// paragraph writes words in lines. The first line starts with first, and the
// others are indented. A command is one word, and a long one gets a line of its
// own, to be copied.
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
			if afterCommand && strings.Trim(line, " ") == "and" {
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

// words splits a text of package advice at its spaces, but not within backquotes.
// A name loses its backquotes. It is one word, or quoted.
func words(text string) []string {
	quoted := false
	list := strings.FieldsFunc(text, func(c rune) bool {
		if c == '`' {
			quoted = !quoted
		}
		return c == ' ' && !quoted
	})
	for i, word := range list {
		if !strings.Contains(word, " ") || strings.Contains(word, "`\"") {
			list[i] = strings.ReplaceAll(word, "`", "")
		}
	}
	return list
}

// longCommand returns the command that a word is, if it gets a line of its own,
// without the backquotes and what ends the sentence.
func longCommand(word string) (string, bool) {
	command, ok := strings.CutPrefix(strings.TrimRight(word, ",."), "`")
	if !ok || len(word) < 40 || !strings.HasPrefix(command, "aws ") {
		return "", false
	}
	return strings.CutSuffix(command, "`")
}
