// Package plot draws pictures from numbers and times: a timeline, bars, a sparkline and
// a matrix of cells. It knows nothing of what they are about.
//
// A picture is made in two steps. Its geometry is a list of shapes, which tests compare
// with what was counted. [Picture.SVG] writes the shapes as SVG. Colors are classes, so
// that a page and a file can be light or dark.
//
// The files, each using only those before it: plot.go, svg.go, axis.go, marks.go,
// lanes.go, timeline.go, bars.go, sparkline.go, matrix.go.
package plot

import "time"

// A Picture is shapes on a surface, in the order in which they are drawn.
type Picture struct {
	Width, Height float64
	// Label says for screen readers what the picture shows.
	Label  string
	Shapes []Shape
	// Field is where intervals are drawn, for scripts that turn a place into a time.
	Field Field
}

// A Field is a horizontal range that is divided into equal bins. It is zero where a
// picture has no times.
type Field struct {
	Left, Right float64
	Bins        int
	Start       time.Time
	Step        time.Duration
}

// A Form is what a shape is.
type Form int

const (
	Rect    Form = iota
	Label        // text that starts at X, or ends there if its class says so
	Path         // Text is the path
	Diamond      // of the size W around X and Y
	Upright      // text that goes up from X and Y
)

// A Shape is one thing to draw. Titles, texts and links may hold anything: they are
// escaped when they are written.
type Shape struct {
	Form       Form
	X, Y, W, H float64
	Class      string // words of ours that the style knows
	Text       string
	Title      string // shown to a pointer and read by a screen reader
	Link       string // the anchor that the shape leads to, without the number sign
}

// add adds a shape.
func (p *Picture) add(s Shape) { p.Shapes = append(p.Shapes, s) }
