package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"trail403/aggregate"
)

// writeMarkdown writes the report for people, in GitHub's Markdown.
func writeMarkdown(w io.Writer, r *aggregate.Result, o Options) error {
	m := &markdown{w: bufio.NewWriter(w), r: r, o: o}
	m.headline()
	m.incidents()
	if r.Breakdown != nil {
		m.breakdown(r.Breakdown)
	} else {
		m.groups()
		m.legend()
	}
	m.layers()
	m.causes()
	m.advice()
	m.coverage()
	if m.err != nil {
		return m.err
	}
	return m.w.Flush()
}

// markdown remembers the first error, so that one check at the end is enough.
type markdown struct {
	w   *bufio.Writer
	err error
	r   *aggregate.Result
	o   Options
}

func (m *markdown) printf(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

// row prints a row of a table. Only here pipes are escaped, which in a table act
// even within code.
func (m *markdown) row(cells ...string) {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "|", `\|`)
	}
	m.printf("| %s |\n", strings.Join(cells, " | "))
}

// top returns how many of n rows a table shows.
func (m *markdown) top(n int) int {
	if m.o.Top > 0 {
		return min(n, m.o.Top)
	}
	return n
}

// notShown says how many of a table's rows are not shown and what they hold.
func (m *markdown) notShown(shown, rows int, noun string, denials int) {
	if shown < rows {
		m.printf("\nNot shown: %s of %s, with %s (%s). `--top 0` shows all.\n",
			comma(rows-shown), plural(rows, noun), plural(denials, "denial"), percent(denials, m.r.Totals.Denials))
	}
}

// alignRight pads a number with blanks, so that the table is also read easily
// where it is not rendered.
func alignRight(s string) string { return fmt.Sprintf("%7s", s) }
