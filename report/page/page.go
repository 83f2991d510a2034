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

import (
	"iter"
	"time"
)

// A Writer lays out blocks from top to bottom. It remembers the first error, which
// Flush returns, and writes nothing after it. It keeps no block after the call. A
// Writer is for one goroutine.
type Writer interface {
	// Heading starts a part of the page. Level 1 is the page's title.
	Heading(level int, t Text)
	Paragraph(t Text)
	// Bullet writes an item of a list. Consecutive items are one list.
	Bullet(t Text)
	// Below writes an item of a list within the item before it.
	Below(t Text)
	// Step writes an item of a numbered list. Consecutive steps are one list, which
	// starts at 1.
	Step(t Text)
	// Notice writes what nobody should miss. Its label, such as Alarm, says what it is.
	Notice(tone Tone, label, t Text)
	Table(t Table)
	// Listing writes lines to copy, such as a policy, in a language that Markdown
	// knows. They are printed unchanged, so hostile text in them must be escaped by the
	// rules of that language.
	Listing(language, lines string)
	// Flush ends the page and returns the first error.
	Flush() error
}

// A Table is rows of cells below a line of headings. On a terminal, there is no such
// line if no column has a title.
type Table struct {
	Columns []Column
	// Rows yields the rows, each with one cell per column. A writer may read them more
	// than once, and keeps no row, so that a table can be of any length.
	Rows iter.Seq[[]Text]
	// Times returns when what a row is about was first and last seen, so that a page can
	// show the rows of a part of the time; nil if rows have no times.
	Times func(row int) (first, last time.Time)
}

// A Column describes how the cells of a column are laid out. On a page that is too
// narrow for all columns, some go below their row: those with the highest Rank first,
// and of equal ones the rightmost. The columns that stay become as narrow as necessary.
type Column struct {
	Title Text
	// Right aligns a number at its last digit.
	Right bool
	// Pad is the width of the cells of a right-aligned column in the source text, for
	// people who read the source.
	Pad int
	// Fixed keeps every cell on one line, as for bars and times. Numbers always are on
	// one line.
	Fixed bool
	// Min is how narrow the column may become before others go below the row; 0 means
	// 20.
	Min  int
	Rank int
	// Stack is a name that adjacent columns share if Markdown puts them into one, because
	// pages show little more than a thousand pixels.
	Stack string
}

// A block is what was written last. It decides what separates it from the next one.
type block int

const (
	nothing block = iota
	other
	bullets
	steps
)
