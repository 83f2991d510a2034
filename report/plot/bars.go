package plot

import (
	"github.com/dustin/go-humanize"

	"trail403/report/page"
)

// A Bar is a named number and, of it, a part that is more important.
type Bar struct {
	Name  string
	All   int
	Part  int
	Title string
	Link  string
}

const (
	barHeight  = 22.0
	numberRoom = 70.0
)

// Bars returns horizontal bars, one below the other, with names above a half of the
// width at most.
func Bars(label string, list []Bar, width float64) *Picture {
	p := &Picture{Width: width, Label: label, Height: barHeight * float64(len(list))}
	names := width * .45
	most := 1
	for _, b := range list {
		most = max(most, b.All)
	}
	for i, b := range list {
		y := barHeight * float64(i)
		long := func(n int) float64 {
			if n == 0 {
				return 0
			}
			return max((width-names-numberRoom)*float64(n)/float64(most), 1)
		}
		p.add(Shape{Form: Label, X: names - 8, Y: y + 15, Class: "label end", Text: fit(b.Name, names-8), Title: b.Name})
		p.add(Shape{Form: Rect, X: names, Y: y + 4, W: long(b.All), H: barHeight - 8, Class: "whole",
			Title: b.Title, Link: b.Link})
		if b.Part > 0 {
			p.add(Shape{Form: Rect, X: names, Y: y + 4, W: long(b.Part), H: barHeight - 8, Class: "part", Title: b.Title})
		}
		p.add(Shape{Form: Label, X: names + long(b.All) + 6, Y: y + 15, Class: "label", Text: humanize.Comma(int64(b.All))})
	}
	return p
}

// fit cuts the middle out of a name that is too long for a width.
func fit(name string, width float64) string {
	return page.Shorten(page.Visible(name), int(width/perCharacter))
}

// Parts returns one bar that is divided into named parts, with a legend below it.
func Parts(label string, list []Bar, width float64) *Picture {
	p := &Picture{Width: width, Label: label}
	sum := 0
	for _, b := range list {
		sum += b.All
	}
	x, at, y := 0.0, 0.0, 38.0
	for i, b := range list {
		if b.All == 0 {
			continue
		}
		w := width * float64(b.All) / float64(max(sum, 1))
		class := colors[i%len(colors)]
		p.add(Shape{Form: Rect, X: x, Y: 2, W: max(w, 1), H: 18, Class: class, Title: b.Title})
		x += w
		name := b.Name + " " + humanize.Comma(int64(b.All))
		room := 20 + perCharacter*float64(len([]rune(name))) + 12
		if at+room > width && at > 0 {
			at, y = 0, y+legendLine
		}
		p.add(Shape{Form: Rect, X: at, Y: y - 9, W: 10, H: 10, Class: class})
		p.add(Shape{Form: Label, X: at + 15, Y: y, Class: "label", Text: name})
		at += room
	}
	p.Height = y + 6
	return p
}

// colors are the classes of series, in order.
var colors = []string{"c0", "c1", "c2", "c3", "c4", "c5", "c6"}

// Color returns the class of the nth series.
func Color(n int) string { return colors[min(n, len(colors)-1)] }

// Colors is how many series have a color of their own.
const Colors = 7
