// Package page is a small model of a page for people, and the writers that lay
// it out: headings, paragraphs, lists, notices and tables of [Text]. It knows
// nothing of what the page is about.
//
// A section of a page is written block by block, once for all formats:
//
//	p.Heading(2, "Buckets")
//	p.Paragraph("The owner of " + page.Code(name) + " is not known.")
//	p.Table(page.Table{Columns: columns, Rows: rows})
package page

import "iter"

// A Writer lays out blocks, one below the other. It remembers the first error,
// which Flush returns, and writes nothing after it. It keeps no block for longer
// than the call. A Writer is for one goroutine.
type Writer interface {
	// Heading begins a part of the page; level 1 is its title.
	Heading(level int, t Text)
	Paragraph(t Text)
	// Bullet writes an item of a list. Items in a row are one list.
	Bullet(t Text)
	// Below writes an item of a list within the item before it.
	Below(t Text)
	// Step writes an item of a numbered list. Steps in a row are one list, which
	// begins at 1.
	Step(t Text)
	// Notice writes what nobody may miss. Its label, such as Alarm, says what it is.
	Notice(tone Tone, label, t Text)
	Table(t Table)
	// Listing writes lines to copy, such as a policy, in a language that Markdown
	// knows. They are printed as they are: what is hostile in them must be escaped
	// by the rules of that language.
	Listing(language, lines string)
	// Flush ends the page and returns the first error.
	Flush() error
}

// A Table is rows of cells below a line of headings. On a terminal there is no such
// line if no column has a title.
type Table struct {
	Columns []Column
	// Rows yields the rows, each with a cell a column. A writer may go through it
	// more than once, and keeps no row, so that a table can be of any length.
	Rows iter.Seq[[]Text]
}

// A Column is how the cells of a column stand. On a page that is too narrow for
// all, columns go below the row, those of the highest Rank first, and among
// equals the rightmost; what stays becomes as narrow as it must.
type Column struct {
	Title Text
	// Right aligns a number at its last digit.
	Right bool
	// Pad is the width to which source text that is read as it is pads a cell of a
	// column that is aligned right.
	Pad int
	// Fixed keeps every cell on one line: bars, times. Numbers always are.
	Fixed bool
	// Min is how narrow the column may become before others go below the row; 0
	// stands for 20.
	Min  int
	Rank int
}

// A block is what was written last; it says what stands between it and the next.
type block int

const (
	nothing block = iota
	other
	bullets
	steps
)
