package page

import (
	"cmp"
	"slices"
	"strings"
)

const (
	separator  = " · " // between cells below a row
	gap        = 2     // columns between columns
	defaultMin = 20
	longName   = 36
	maxIndent  = 9 // of what goes below a row
)

// Table writes a table in columns. If the page is too narrow for all of them, the least
// important ones go below each row, so that nothing is lost.
func (t *Terminal) Table(table Table) {
	t.begin(other)
	titles := make([]Text, len(table.Columns))
	natural, names := make([]int, len(table.Columns)), make([]int, len(table.Columns))
	for i, c := range table.Columns {
		titles[i] = Bold(c.Title)
		natural[i], _ = measure(c.Title)
	}
	for cells := range table.Rows {
		for i, c := range cells {
			whole, name := measure(c)
			natural[i], names[i] = max(natural[i], whole), max(names[i], name)
		}
	}
	g := newGrid(table.Columns, natural, names, t.width)
	if slices.ContainsFunc(table.Columns, func(c Column) bool { return c.Title != "" }) {
		t.row(g, titles)
		t.rule(g)
	}
	for cells := range table.Rows {
		if t.row(g, cells); t.err != nil {
			return
		}
	}
}

// rule writes the line below the titles.
func (t *Terminal) rule(g *grid) {
	var rule line
	for i, c := range g.shown {
		if i > 0 {
			rule.fillTo(rule.width + gap)
		}
		rule.add(strings.Repeat("─", g.widths[c]), style{})
	}
	t.line(rule)
}

// row writes a row, and what goes below it.
func (t *Terminal) row(g *grid, cells []Text) {
	parts := make([][]line, len(g.shown))
	height := 1
	for i, c := range g.shown {
		parts[i] = wrap(cells[c], g.widths[c], true)
		height = max(height, len(parts[i]))
	}
	for y := range height {
		var l line
		at := 0
		for i, c := range g.shown {
			if y < len(parts[i]) {
				l.fillTo(at)
				if g.columns[c].Right {
					l.fillTo(at + g.widths[c] - parts[i][y].width)
				}
				l.append(parts[i][y])
			}
			at += g.widths[c] + gap
		}
		t.line(l)
	}
	t.below(g, cells)
}

// below writes the cells that have no room in their row, the most important first. A
// line breaks between cells where possible. A cell that shows by itself what it is, as a
// time does, goes into the first line that has room for it, so that a row takes few lines.
func (t *Terminal) below(g *grid, cells []Text) {
	width := t.width - g.indent
	var lines []line
	for _, c := range g.folded {
		if cells[c] == None || cells[c] == "" {
			continue
		}
		cell := wrap(cells[c], width, false)
		first := max(len(lines)-1, 0)
		if g.columns[c].Fixed {
			first = 0
		}
		lines = place(lines, cell, first, width)
	}
	for _, l := range lines {
		var indented line
		indented.fillTo(g.indent)
		indented.append(l)
		t.line(indented)
	}
}

// place adds a cell to the first line from first on that has room for all of it and ends a
// cell itself, or below all lines.
func place(lines, cell []line, first, width int) []line {
	for at := first; at < len(lines) && len(cell) == 1; at++ {
		if l := &lines[at]; !l.continues && l.width+widthOf(separator)+cell[0].width <= width {
			l.add(separator, style{})
			l.append(cell[0])
			return lines
		}
	}
	for i := range max(len(cell)-1, 0) {
		cell[i].continues = true
	}
	return append(lines, cell...)
}

// A grid says which columns of a table are side by side, and how wide they are.
type grid struct {
	columns       []Column
	widths        []int
	shown, folded []int // indexes of columns, in the order in which they are written
	indent        int   // of what goes below a row
}

// newGrid lays out columns on a page. natural is how wide each column would be, and
// names is the width of the longest name in it, which is cut only if it is longer than
// most.
func newGrid(columns []Column, natural, names []int, width int) *grid {
	g := &grid{columns: columns, widths: make([]int, len(columns))}
	for i, c := range columns {
		g.widths[i] = natural[i]
		if !c.Fixed && !c.Right {
			g.widths[i] = min(natural[i], max(cmp.Or(c.Min, defaultMin), min(names[i], longName)))
		}
		g.shown = append(g.shown, i)
	}
	for len(g.shown) > 1 && g.needed() > width {
		g.fold()
	}
	g.widths[0] = min(g.widths[0], width)
	g.indent = min(g.widths[0]+gap, maxIndent)
	g.widen(natural, width-g.needed())
	return g
}

// needed returns the width of the columns that are side by side.
func (g *grid) needed() int {
	sum := -gap
	for _, i := range g.shown {
		sum += g.widths[i] + gap
	}
	return sum
}

// fold moves the least important column, or the last one of several, below the rows.
// The first column stays. What was folded before is less important.
func (g *grid) fold() {
	spare := 1
	for at, i := range g.shown[1:] {
		if g.columns[i].Rank >= g.columns[g.shown[spare]].Rank {
			spare = 1 + at
		}
	}
	g.folded = slices.Insert(g.folded, 0, g.shown[spare])
	g.shown = slices.Delete(g.shown, spare, spare+1)
}

// widen gives the width that is left to the columns that need more, in equal parts.
func (g *grid) widen(natural []int, left int) {
	for wants := true; wants && left > 0; {
		wants = false
		for _, i := range g.shown {
			if g.widths[i] < natural[i] && left > 0 {
				g.widths[i]++
				left--
				wants = true
			}
		}
	}
}
