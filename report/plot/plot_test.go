package plot

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

var start = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

func demo() *Timeline {
	return &Timeline{
		Label: "demo", Start: start, Step: day, Bins: 10, Noun: "denial", Width: 1058, Height: 100,
		Stack: []Series{
			{Name: "low", Class: "c0", Counts: []int{10, 0, 0, 0, 0, 0, 0, 0, 0, 5}},
			{Name: "high", Class: "c1", Counts: []int{5, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
		},
		Spans: []Span{
			{From: start.Add(day), To: start.Add(3 * day), Name: "one", Class: "span", Link: "i-1"},
			{From: start.Add(2 * day), To: start.Add(4 * day), Name: "two", Class: "span"},
			{From: start.Add(8 * day), To: start.Add(10 * day), Name: "three", Class: "ongoing"},
		},
		Marks: []Mark{
			{At: start.Add(5 * day), Title: "b"}, {At: start.Add(2 * day), Title: "a", Link: "i-1"},
			{At: start.Add(5*day + time.Hour), Title: "c", Link: "i-2"}, {At: start.Add(40 * day), Title: "late"},
		},
		Gaps: []Span{{From: start.Add(4 * day), To: start.Add(6 * day), Title: "nothing"}},
	}
}

func find(p *Picture, class string) (list []Shape) {
	for _, s := range p.Shapes {
		if s.Class == class {
			list = append(list, s)
		}
	}
	return list
}

// A bin is 100 wide and an axis for 15 ends at 20, so five denials are 25 high.
func TestTimelineGeometry(t *testing.T) {
	p := demo().Picture()
	over := find(p, "over")
	if len(over) != 2 || over[0].X != 46 || over[0].W != 100 || over[1].X != 946 {
		t.Fatalf("bins with denials are at %v", over)
	}
	bottom := over[0].Y + over[0].H
	path := func(class string) string {
		for _, s := range find(p, class) {
			if s.Form == Path {
				return s.Text
			}
		}
		return ""
	}
	y := func(up float64) string { return number(bottom - up) }
	if got, want := path("c0"), "M47 "+y(0)+"h98v-50h-98zM947 "+y(0)+"h98v-25h-98z"; got != want {
		t.Errorf("the lower series is %s, want %s", got, want)
	}
	if got, want := path("c1"), "M47 "+y(50)+"h98v-25h-98z"; got != want {
		t.Errorf("the upper series is %s, want %s", got, want)
	}
	if got, want := over[0].Title, "Oct 1, 2026: 15 denials\n5  high\n10  low"; got != want {
		t.Errorf("the title is %q, want %q", got, want)
	}
	if gap := find(p, "gap"); len(gap) != 1 || gap[0].X != 446 || gap[0].W != 200 {
		t.Errorf("the gap is %v", gap)
	}
	if p.Field != (Field{46, 1046, 10, start, day}) {
		t.Errorf("the field is %v", p.Field)
	}
}

func TestTimelineSpansAndMarks(t *testing.T) {
	p := demo().Picture()
	spans := append(find(p, "span"), find(p, "ongoing")...)
	if spans[0].X != 146 || spans[0].W != 200 || spans[0].Link != "i-1" {
		t.Errorf("the first span is %v", spans[0])
	}
	if spans[1].Y != spans[0].Y+laneHeight || spans[2].Y != spans[0].Y {
		t.Errorf("lanes: %v", spans)
	}
	marks := find(p, "mark")
	if len(marks) != 3 || marks[0].X != 246 || marks[1].Title != "b\nc" || marks[1].Link != "i-2" || marks[2].X != 1046 {
		t.Errorf("the marks are %v", marks)
	}
	for _, s := range p.Shapes {
		if s.Form != Path && (s.X < 0 || s.X+s.W/2 > p.Width || s.Y < 0 || s.Y+s.H > p.Height) {
			t.Errorf("%v is outside of %v x %v", s, p.Width, p.Height)
		}
	}
}

func TestManySpans(t *testing.T) {
	line := demo()
	for range 20 {
		line.Spans = append(line.Spans, Span{From: start, To: start.Add(10 * day), Name: "x", Class: "span"})
	}
	p := line.Picture()
	drawn := len(find(p, "span")) + len(find(p, "ongoing"))
	last := p.Shapes[len(p.Shapes)-1]
	if want := "and " + number(float64(23-drawn)) + " more"; last.Text != want {
		t.Errorf("%d spans are drawn, and the last words are %q, want %q", drawn, last.Text, want)
	}
}

func TestCeiling(t *testing.T) {
	for most, want := range map[int]float64{0: 1, 1: 1, 2: 2, 3: 3, 6: 6, 7: 8, 11: 20, 99: 100, 100: 100, 501: 600} {
		if got, _ := ceiling(most); got != want {
			t.Errorf("the axis for %d ends at %v, want %v", most, got, want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, length := range []time.Duration{time.Minute, time.Hour, day, 31 * day, 1000 * day, 80 * 365 * day} {
		list, layout := ticks(start, start.Add(length), 10)
		if len(list) == 0 && length > time.Minute || len(list) > 11 || layout == "" {
			t.Errorf("%v has %d times as %q", length, len(list), layout)
		}
	}
}

func TestMatrix(t *testing.T) {
	m := Matrix{Label: "m", Rows: []string{"r", "s"}, Columns: []string{"a", "b"}, Counts: [][]int{{1, 0}, {10, 100}}, Noun: "denial", Width: 300}
	p := m.Picture()
	for class, want := range map[string]string{"heat1": "r, a: 1 denial", "heat3": "s, a: 10 denials", "heat5": "s, b: 100 denials", "cold": "r, b: none"} {
		if got := find(p, class); len(got) != 1 || got[0].Title != want {
			t.Errorf("%s is %v, want %s", class, got, want)
		}
	}
}

func TestBars(t *testing.T) {
	p := Bars("b", []Bar{{Name: "x", All: 100, Part: 50}, {Name: "y", All: 10}}, 1000)
	whole, part := find(p, "whole"), find(p, "part")
	if whole[0].W != 480 || part[0].W != 240 || whole[1].W != 48 || len(part) != 1 {
		t.Errorf("the bars are %v and %v", whole, part)
	}
	sum := 0.0
	for i := range 3 {
		for _, s := range find(Parts("p", []Bar{{Name: "x", All: 2}, {Name: "y", All: 3}, {Name: "z", All: 5}}, 1000), Color(i)) {
			if s.H == 18 {
				sum += s.W
			}
		}
	}
	if sum != 1000 {
		t.Errorf("the parts are %v wide together", sum)
	}
}

func TestSparkline(t *testing.T) {
	if got, want := Sparkline([]int{4, 0, 1}, 30, 8), "M0 8h8.5v-8h-8.5zM20 8h8.5v-2h-8.5z"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Whatever names are, the file is XML without any element that they brought.
func TestSVGHostile(t *testing.T) {
	for _, s := range []string{
		"x", "</title><script>alert(1)</script>", `" onload="alert(1)`, "a\x00\x1b[31mb", "\xff\u202e", "]]>", "&amp;", "<!--", "javascript:alert(1)",
	} {
		line := demo()
		line.Label, line.Stack[0].Name = s, s
		line.Spans[0].Name, line.Spans[0].Title = s, s
		line.Marks[0].Title, line.Gaps[0].Title = s, s
		names := map[string]bool{}
		d := xml.NewDecoder(strings.NewReader(line.Picture().File()))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
			if start, ok := token.(xml.StartElement); ok {
				names[start.Name.Local] = true
				for _, a := range start.Attr {
					if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#i-") {
						t.Errorf("%q: attribute %v", s, a)
					}
				}
			}
		}
		for name := range names {
			if !strings.Contains(" svg style defs pattern rect path text title a ", " "+name+" ") {
				t.Errorf("%q brought the element %s", s, name)
			}
		}
	}
}
