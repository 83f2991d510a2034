package outline

import (
	"bytes"
	"strings"
	"testing"

	"trail403/report/page"
)

// What is left out is left out from the end, and is named. Nothing is longer than asked.
func TestFit(t *testing.T) {
	c := New()
	c.Heading(1, "Title")
	c.Paragraph("The answer.")
	for _, section := range []page.Text{"Fix first", "Incidents", "Groups"} {
		c.Heading(2, section)
		for range 3 {
			c.Heading(3, "Part of "+page.Name(string(section)))
			c.Paragraph(page.Text(strings.Repeat("word ", 200)))
		}
	}
	fitted := func(limit int) string {
		var b bytes.Buffer
		if err := c.Write(&b, limit); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	whole := fitted(0)
	text, _, _ := strings.Cut(whole, "\n**Contents:**")
	if text != "# Title\n\nThe answer.\n" {
		t.Errorf("before the contents stands %q", text)
	}
	for limit := Least; limit < len(whole); limit += 37 {
		got := fitted(limit)
		kept, note, ok := strings.Cut(got, "\n\n> **Shortened:** to fit ")
		if len(got) > limit || !ok || !strings.HasPrefix(without(whole), without(kept)) || !strings.Contains(kept, "The answer.") {
			t.Fatalf("to fit %d, %d bytes are %q", limit, len(got), got)
		}
		for _, name := range []string{"Fix first", "Incidents", "Groups"} {
			if strings.Count(kept, "`"+name+"`") < 3 && !strings.Contains(note, name) {
				t.Errorf("to fit %d, %s is cut and not named: %s", limit, name, note)
			}
		}
	}
	if fitted(len(whole)) != whole {
		t.Error("what fits is changed")
	}
}

// without returns a report without the line of its contents.
func without(report string) string {
	before, rest, ok := strings.Cut(report, "\n**Contents:**")
	if !ok {
		return report
	}
	_, after, _ := strings.Cut(rest, "\n")
	return before + after
}

// The contents name the sections, and the parts that have numbers.
func TestContents(t *testing.T) {
	m := New()
	m.Heading(1, "Title")
	for _, section := range []page.Text{"Fix first", "Incidents", "What to do"} {
		m.Heading(2, section)
		for i := range 30 {
			if section == "Incidents" {
				m.Heading(3, page.At(page.Anchor{Word: "incident", Number: i + 1}, "One of "+page.Code("](#x)")))
			}
		}
	}
	want := "**Contents:** [Fix first](#fix-first) · [Incidents](#incidents) [1](#incident-1) [2](#incident-2) "
	got := string(m.contents(len(m.list)))
	if !strings.Contains(got, want) || !strings.Contains(got, "[25](#incident-25) … · [What to do](#what-to-do)\n") {
		t.Errorf("the contents are %s", got)
	}
	if got := m.contents(2); got != nil {
		t.Errorf("a report of one section has contents: %s", got)
	}
}
