package fit

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
	_ = c.Flush() // A Buffer does not fail.
	whole := c.text.String()
	fitted := func(limit int) string {
		var b bytes.Buffer
		if err := c.Write(&b, limit); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for limit := Least; limit < len(whole); limit += 37 {
		got := fitted(limit)
		kept, note, ok := strings.Cut(got, "\n\n> **Shortened:** to fit ")
		if len(got) > limit || !ok || !strings.HasPrefix(whole, kept) || !strings.Contains(kept, "The answer.") {
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
