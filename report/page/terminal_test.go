package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func terminal(width int, color bool, write func(t *Terminal)) string {
	var b strings.Builder
	t := NewTerminal(&b, width, color)
	write(t)
	t.Flush()
	return b.String()
}

func TestTerminal(t *testing.T) {
	got := terminal(40, false, func(t *Terminal) {
		t.Heading(2, "Part "+Code("x"))
		t.Paragraph("Words that take more than one line of forty.")
		t.Paragraph("More.")
		t.Bullet(Bold("One:") + " words that take more than one line")
		t.Below("below, in more words than fit into a line")
		t.Bullet("two")
		t.Heading(3, "Sub")
		t.Step("do")
		t.Step("do more than what fits into one line of forty")
		t.Heading(1, "A title that is too long for one line of forty")
		t.Notice(Alarm, "Alarm", "fire at "+Code("home")+", and it burns brightly")
		t.Notice(Plain, "Note", "fine.")
	})
	want := `── Part x ──────────────────────────────
Words that take more than one line of
forty.

More.

- One: words that take more than one
  line
    - below, in more words than fit into
      a line
- two

── Sub
 1. do
 2. do more than what fits into one line
    of forty

━━ A title that is too long for one
   line of forty ━━━━━━━━━━━━━━━━━━━━━━━
ALARM: fire at home, and it burns
  brightly

Note: fine.
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestColor(t *testing.T) {
	write := func(t *Terminal) {
		t.Paragraph(Toned(Warning, Bold("new")) + " " + Toned(Faint, "two words") + " " + Bold("b "+Code("c")) + " plain")
		t.Notice(Alarm, "Alarm", "x")
	}
	want := "\x1b[1;33mnew\x1b[0m \x1b[2mtwo words\x1b[0m \x1b[1mb c\x1b[0m plain\n\n\x1b[1;31mALARM:\x1b[0m x\n"
	if got := terminal(80, true, write); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := terminal(80, false, write), "new two words b c plain\n\nALARM: x\n"; got != want {
		t.Errorf("without colour: got %q, want %q", got, want)
	}
}

// What a page is too narrow for goes below the row, by rank, and is not lost.
func TestTable(t *testing.T) {
	f := func(width int, want string) {
		t.Helper()
		got := terminal(width, false, func(t *Terminal) {
			t.Table(Table{
				Columns: []Column{{Title: "N", Right: true}, {Title: "Name", Min: 12}, {Title: "Why", Min: 12, Rank: 1}, {Title: "Time", Fixed: true, Rank: 2}},
				Rows: slices.Values([][]Text{
					{"1", Code("corp-data"), "because of rain", "Oct\u00a01 10:00 – 11:00"},
					{"1,234", Code("a-name-that-is-not-short"), None, ""},
				}),
			})
		})
		if got != want {
			t.Errorf("at width %d: got\n%s\nwant\n%s", width, got, want)
		}
	}
	f(80, `    N  Name                      Why              Time
─────  ────────────────────────  ───────────────  ───────────────────
    1  corp-data                 because of rain  Oct 1 10:00 – 11:00
1,234  a-name-that-is-not-short  –
`)
	f(60, `    N  Name                      Why
       Time
─────  ────────────────────────  ───────────────
    1  corp-data                 because of rain
       Oct 1 10:00 – 11:00
1,234  a-name-that-is-not-short  –
`)
	f(40, `    N  Name
       Why · Time
─────  ────────────────────────
    1  corp-data
       because of rain
       Oct 1 10:00 – 11:00
1,234  a-name-that-is-not-short
`)
}

// A table goes through its rows as often as it needs, keeps none, and stops when
// nothing more can be written.
func TestTableStreams(t *testing.T) {
	row := make([]Text, 2)
	yielded := 0
	table := Table{Columns: []Column{{Title: "N", Right: true}, {Title: "Name"}}, Rows: func(yield func([]Text) bool) {
		for i := range 100_000 {
			row[0], row[1] = Text(fmt.Sprint(i)), Code("name")
			yielded++
			if !yield(row) {
				return
			}
		}
	}}
	for name, w := range map[string]func(*lastLine) Writer{
		"Markdown": func(l *lastLine) Writer { return NewMarkdown(l) },
		"text":     func(l *lastLine) Writer { return NewTerminal(l, 80, false) },
	} {
		out := &lastLine{}
		p := w(out)
		p.Table(table)
		if err := p.Flush(); err != nil {
			t.Fatal(err)
		}
		if got := string(out.tail); !strings.Contains(got, "99998") || !strings.Contains(got, "99999") {
			t.Errorf("%s: ends in %q", name, got)
		}
		yielded = 0
		p = w(&lastLine{full: true})
		p.Table(table)
		if err := p.Flush(); !errors.Is(err, errFull) {
			t.Errorf("%s: got error %v", name, err)
		}
		if yielded > 110_000 { // once to measure, then to the first buffer that is full
			t.Errorf("%s: went on for %d rows", name, yielded)
		}
	}
}

var errFull = errors.New("full")

// lastLine keeps the end of what is written, or takes nothing.
type lastLine struct {
	full bool
	tail []byte
}

func (l *lastLine) Write(p []byte) (int, error) {
	if l.full {
		return 0, errFull
	}
	l.tail = append(l.tail, p...)
	l.tail = l.tail[max(len(l.tail)-100, 0):]
	return len(p), nil
}
