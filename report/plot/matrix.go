package plot

import (
	"math"
	"strconv"
)

// A Matrix is counts by row and column.
type Matrix struct {
	Label         string
	Rows, Columns []string
	Counts        [][]int // by row, then column
	Noun          string
	Width         float64
}

// heats is how many degrees of heat can be distinguished.
const heats = 5

// Picture lays out the matrix with the names of the rows at the left and those of the
// columns above, upright. The heat of a cell grows with the logarithm of its count:
// denials differ by powers of ten.
func (m *Matrix) Picture() *Picture {
	names := m.Width * .34
	cell := min((m.Width-names)/float64(max(len(m.Columns), 1)), 26)
	top := 0.0
	for _, c := range m.Columns {
		top = max(top, perCharacter*float64(len([]rune(fit(c, 150)))))
	}
	top += 8
	p := &Picture{Width: m.Width, Label: m.Label, Height: top + cell*float64(len(m.Rows)) + 2}
	most := 1
	for _, row := range m.Counts {
		for _, n := range row {
			most = max(most, n)
		}
	}
	for j, c := range m.Columns {
		p.add(Shape{Form: Upright, X: names + cell*(float64(j)+.5) + 4, Y: top - 5, Class: "label",
			Text: fit(c, 150), Title: c})
	}
	for i, r := range m.Rows {
		y := top + cell*float64(i)
		p.add(Shape{Form: Label, X: names - 6, Y: y + cell/2 + 4, Class: "label end", Text: fit(r, names-6), Title: r})
		for j, n := range m.Counts[i] {
			class, title := "cold", r+", "+m.Columns[j]+": none"
			if n > 0 {
				class = "heat" + strconv.Itoa(heat(n, most))
				title = r + ", " + m.Columns[j] + ": " + count(n, m.Noun)
			} else if len(m.Rows)*len(m.Columns) > 400 {
				title = ""
			}
			p.add(Shape{Form: Rect, X: names + cell*float64(j), Y: y, W: cell - 2, H: cell - 2, Class: class, Title: title})
		}
	}
	return p
}

// heat returns a degree from 1 to 5 for a count that is not zero.
func heat(n, most int) int {
	if most < 2 {
		return heats
	}
	share := math.Log(float64(n)) / math.Log(float64(most))
	return 1 + int(math.Floor(share*(heats-1)+.5))
}
