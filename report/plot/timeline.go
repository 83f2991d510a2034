package plot

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// A Timeline is counts per interval, and what happened meanwhile.
type Timeline struct {
	Label string
	Start time.Time // of the first bin
	Step  time.Duration
	Bins  int
	// Stack is drawn from the bottom.
	Stack []Series
	Noun  string // what is counted, in the singular
	Spans []Span
	Marks []Mark
	Gaps  []Span // what was not seen
	// Height is that of the counts. Small leaves out the legend.
	Width, Height float64
	Small         bool
}

// A Series is counts of one kind, one a bin.
type Series struct {
	Name   string
	Class  string
	Counts []int
}

const (
	leftEdge, rightEdge = 46.0, 12.0
	laneHeight          = 16.0
	maxLanes            = 8
	markSize            = 11.0
	perCharacter        = 6.8 // of a label
	legendLine          = 18.0
)

// Picture lays out the timeline: the legend, the marks, the counts above an axis of
// times, and the spans below it.
func (t *Timeline) Picture() *Picture {
	p := &Picture{Width: t.Width, Label: t.Label}
	left, right := leftEdge, t.Width-rightEdge
	end := t.Start.Add(time.Duration(t.Bins) * t.Step)
	p.Field = Field{left, right, t.Bins, t.Start, t.Step}
	x := func(at time.Time) float64 {
		share := float64(at.Unix()-t.Start.Unix()) / max(float64(end.Unix()-t.Start.Unix()), 1)
		return left + (right-left)*min(max(share, 0), 1)
	}
	y := 6.0
	if !t.Small {
		y = t.legend(p, y)
	}
	marksAt := y + markSize/2
	top := y + markSize + 6
	bottom := top + t.Height
	t.gaps(p, x, top)
	t.counts(p, top, bottom)
	t.axis(p, x, bottom)
	for _, m := range placesOf(t.Marks, x, markSize) {
		p.add(Shape{Form: Rect, X: m.x - .5, Y: marksAt, W: 1, H: bottom - marksAt, Class: "stem"})
		p.add(Shape{Form: Diamond, X: m.x, Y: marksAt, W: markSize, Class: "mark", Title: m.title(), Link: m.link})
	}
	p.Height = t.spans(p, x, bottom+22)
	return p
}

// axis writes the times below the counts.
func (t *Timeline) axis(p *Picture, x func(time.Time) float64, bottom float64) {
	const room = 84 // of one time
	f := p.Field
	times, layout := ticks(t.Start, t.Start.Add(time.Duration(t.Bins)*t.Step), max(int((f.Right-f.Left)/room), 2))
	for _, at := range times {
		p.add(Shape{Form: Rect, X: x(at), Y: bottom, W: 1, H: 4, Class: "axis"})
		if x(at)+perCharacter*float64(len(layout)) <= t.Width {
			p.add(Shape{Form: Label, X: x(at), Y: bottom + 15, Class: "label", Text: at.Format(layout)})
		}
	}
}

// legend names the series and marks, and returns where the picture continues.
func (t *Timeline) legend(p *Picture, y float64) float64 {
	at := leftEdge
	for _, s := range t.Stack {
		width := 20 + perCharacter*float64(len([]rune(s.Name))) + 12
		if at+width > t.Width-rightEdge && at > leftEdge {
			at, y = leftEdge, y+legendLine
		}
		p.add(Shape{Form: Rect, X: at, Y: y, W: 10, H: 10, Class: s.Class})
		p.add(Shape{Form: Label, X: at + 15, Y: y + 9, Class: "label", Text: s.Name})
		at += width
	}
	return y + legendLine
}

// gaps hatches what was not seen.
func (t *Timeline) gaps(p *Picture, x func(time.Time) float64, top float64) {
	for _, g := range t.Gaps {
		from, to := x(g.From), x(g.To)
		if to > from {
			p.add(Shape{Form: Rect, X: from, Y: top, W: to - from, H: t.Height, Class: "gap", Title: g.Title})
		}
	}
}

// counts draws the stack. One path is all bins of a series, and one transparent
// rectangle a bin tells its counts.
func (t *Timeline) counts(p *Picture, top, bottom float64) {
	totals := make([]int, t.Bins)
	for _, s := range t.Stack {
		for i, n := range s.Counts {
			totals[i] += n
		}
	}
	most := 0
	for _, n := range totals {
		most = max(most, n)
	}
	limit, parts := ceiling(most)
	for i := range parts + 1 {
		y := bottom - (bottom-top)*float64(i)/float64(parts)
		p.add(Shape{Form: Rect, X: leftEdge, Y: y, W: p.Field.Right - leftEdge, H: 1, Class: "grid"})
		if n := limit * float64(i) / float64(parts); !t.Small || i == 0 || i == parts {
			p.add(Shape{Form: Label, X: leftEdge - 6, Y: y + 4, Class: "label end", Text: humanize.SI(n, "")})
		}
	}
	width := (p.Field.Right - leftEdge) / float64(max(t.Bins, 1))
	air := min(width/5, 2)
	base := make([]float64, t.Bins)
	for _, s := range t.Stack {
		var path strings.Builder
		for i, n := range s.Counts {
			if n == 0 {
				continue
			}
			height := max((bottom-top)*float64(n)/limit, 1)
			fmt.Fprintf(&path, "M%s %sh%sv-%sh-%sz", number(leftEdge+width*float64(i)+air/2), number(bottom-base[i]),
				number(width-air), number(height), number(width-air))
			base[i] += height
		}
		if path.Len() > 0 {
			p.add(Shape{Form: Path, Class: s.Class, Text: path.String()})
		}
	}
	for i, n := range totals {
		if n > 0 {
			p.add(Shape{Form: Rect, X: leftEdge + width*float64(i), Y: top, W: width, H: bottom - top,
				Class: "over", Title: t.title(i, n)})
		}
	}
}

// title tells the counts of a bin, those of each series if there are several.
func (t *Timeline) title(i, total int) string {
	at := t.Start.Add(time.Duration(i) * t.Step)
	layout := "Jan 2, 2006 15:04 UTC"
	if t.Step >= day {
		layout = "Jan 2, 2006"
	}
	text := at.Format(layout) + ": " + count(total, t.Noun)
	if len(t.Stack) < 2 {
		return text
	}
	for k := range t.Stack {
		s := &t.Stack[len(t.Stack)-1-k] // as they are drawn, from the top
		if n := s.Counts[i]; n > 0 {
			text += "\n" + humanize.Comma(int64(n)) + "  " + s.Name
		}
	}
	return text
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return humanize.Comma(int64(n)) + " " + noun + "s"
}

// spans draws the spans below the axis, each with its name beside or after it, and
// returns where the picture ends.
func (t *Timeline) spans(p *Picture, x func(time.Time) float64, y float64) float64 {
	const least = 4 // a short span is still seen
	width := func(s Span) float64 { return max(x(s.To)-x(s.From), least) }
	label := func(s Span) float64 { return perCharacter*float64(len([]rune(s.Name))) + 8 }
	left := func(s Span) float64 { // The name stands before a span that ends at the right.
		if x(s.From)+width(s)+label(s) > t.Width {
			return x(s.From) - label(s)
		}
		return x(s.From)
	}
	right := func(s Span) float64 {
		if left(s) < x(s.From) {
			return x(s.From) + width(s)
		}
		return x(s.From) + width(s) + label(s)
	}
	lanes, used := lanesOf(t.Spans, maxLanes, left, right)
	for i, s := range t.Spans {
		if lanes[i] < 0 {
			continue
		}
		at := y + laneHeight*float64(lanes[i])
		p.add(Shape{Form: Rect, X: x(s.From), Y: at + 3, W: width(s), H: laneHeight - 7, Class: s.Class,
			Title: s.Title, Link: s.Link})
		name := Shape{Form: Label, X: x(s.From) + width(s) + 4, Y: at + 11, Class: "label", Text: s.Name}
		if left(s) < x(s.From) {
			name.X, name.Class = x(s.From)-4, "label end"
		}
		p.add(name)
	}
	if left := len(t.Spans) - drawn(lanes); left > 0 {
		p.add(Shape{Form: Label, X: leftEdge, Y: y + laneHeight*float64(used) + 11, Class: "label",
			Text: "and " + humanize.Comma(int64(left)) + " more"})
		used++
	}
	return y + laneHeight*float64(used) + 2
}

// drawn counts the spans that have a lane.
func drawn(lanes []int) (n int) {
	for _, lane := range lanes {
		if lane >= 0 {
			n++
		}
	}
	return n
}
