package page

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dustin/go-humanize"
)

func TestSpans(t *testing.T) {
	f := func(text Text, want ...span) {
		t.Helper()
		if got := slices.Collect(text.spans()); !slices.Equal(got, want) {
			t.Errorf("spans of %q: got %+v, want %+v", text, got, want)
		}
	}
	f("")
	f("a", span{text: "a"})
	f("a "+Code("b")+" c", span{text: "a "}, span{text: "b", code: true}, span{text: " c"})
	f(Code("a")+Code("b"), span{text: "a", code: true}, span{text: "b", code: true})
	f(Bold("a "+Code("b")), span{text: "a ", bold: true}, span{text: "b", code: true, bold: true})
	f(Toned(Warning, Bold("new"))+" x", span{text: "new", bold: true, tone: Warning}, span{text: " x"})
	f(Toned(Alarm, "a")+Toned(Faint, "b"), span{text: "a", tone: Alarm}, span{text: "b", tone: Faint})
	f(Toned(Plain, "a"), span{text: "a"})
	f(Quoted("run `a b` and `c`."), span{text: "run "}, span{text: "a b", code: true, command: true}, span{text: " and "}, span{text: "c", code: true}, span{text: "."})
}

// A link is one in Markdown. On a terminal it is its text, and an anchor is nothing.
func TestLink(t *testing.T) {
	to := Anchor{"incident", 2}
	text := "see " + Link(to, "Incident 2 of "+Code("a](#b)")) + ", " + Bold("and "+Link(Anchor{Word: "alarms"}, "Alarms")) + "." + At(to, " Here")
	want := `see [Incident 2 of ` + "`a](#b)`" + `](#incident-2), **and [Alarms](#alarms)**. Here<a id="incident-2"></a>`
	if got := markdown(text); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var b strings.Builder
	p := NewTerminal(&b, 80, false)
	p.Paragraph(text)
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "see Incident 2 of a](#b), and Alarms. Here\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, _ := measure(text); got != len(strings.TrimSpace(b.String())) {
		t.Errorf("the text is %d columns wide", got)
	}
}

// No text from elsewhere brings marks in.
func TestMarksStayOut(t *testing.T) {
	hostile := "a"
	for c := rune('\ufdd0'); c <= '\ufdef'; c++ {
		hostile += string(c)
	}
	for _, text := range []Text{Code(hostile), Name(hostile), Sentence(hostile)} {
		spans := slices.Collect(text.spans())
		if len(spans) != 1 || !spans[0].code || spans[0].bold || spans[0].tone != Plain || !strings.HasPrefix(spans[0].text, `a\ufdd0\ufdd1`) {
			t.Errorf("got %+v", spans)
		}
	}
}

func TestMarkdown(t *testing.T) {
	var b strings.Builder
	m := NewMarkdown(&b)
	m.Heading(1, "Title "+Code("x"))
	m.Paragraph("Words.")
	m.Bullet(Bold("One:") + " 1")
	m.Below(Toned(Faint, "below"))
	m.Bullet("two")
	m.Step("do")
	m.Step("do more")
	m.Heading(2, "Part")
	m.Step("do")
	m.Notice(Alarm, "Alarm", "fire at "+Code("home"))
	m.Table(Table{
		Columns: []Column{{Title: "N", Right: true, Pad: 4}, {Title: "%", Right: true}, {Title: "Name|s"}},
		Rows:    slices.Values([][]Text{{"1", "2%", Code("a|b")}, {"12345", "3%", None}}),
	})
	m.Paragraph("End.")
	if err := m.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "# Title `x`\n\nWords.\n\n- **One:** 1\n  - below\n- two\n\n1. do\n2. do more\n\n## Part<a id=\"part\"></a>\n\n1. do\n\n> **Alarm:** fire at `home`\n\n" +
		"|    N | % | Name\\|s |\n| ---: | ---: | --- |\n|    1 | 2% | `a\\|b` |\n| 12345 | 3% | – |\n\nEnd.\n"
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The first rows of a long table are in sight, and the others are folded below them.
// Columns that share a name share a cell. The id of a heading has none of the characters that could end it.
func TestFold(t *testing.T) {
	for rows, want := range map[int]int{0: 0, fewRows: 0, fewRows + leastFolded - 1: 0, fewRows + leastFolded: leastFolded, 1500: 1490} {
		var b strings.Builder
		m := NewMarkdown(&b)
		m.Table(Table{Columns: []Column{{Title: "A"}}, Rows: func(yield func([]Text) bool) {
			for i := range rows {
				if !yield([]Text{Text(strconv.Itoa(i))}) {
					return
				}
			}
		}})
		m.Paragraph("End.")
		_ = m.Flush()
		first, rest, folded := strings.Cut(b.String(), "\n<details><summary>"+humanize.Comma(int64(want))+" more rows</summary>\n\n| A |\n| --- |\n| ")
		rest, end, _ := strings.Cut(rest, "\n</details>\n")
		if folded != (want > 0) || strings.Count(first+rest, "\n") < rows || folded && (strings.Count(rest, "\n") != want || end != "\nEnd.\n") {
			t.Errorf("of %d rows, %d are not folded:\n%s", rows, want, b.String())
		}
	}
	var b strings.Builder
	m := NewMarkdown(&b)
	m.Table(Table{Columns: []Column{{Title: "N", Right: true, Pad: 3}, {Title: "A", Stack: "a"}, {Title: "B", Stack: "a"}, {Title: "C"}},
		Rows: slices.Values([][]Text{{"1", Code("x|y"), "b", "c"}})})
	_ = m.Flush()
	if got, want := b.String(), "|   N | A<br>B | C |\n| ---: | --- | --- |\n|   1 | `x\\|y`<br>b | c |\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := headingID("A `b\"> <script>" + Code("c")); got != "a-b-scriptc" {
		t.Errorf("the id is %q", got)
	}
}
