package report

import (
	"io"
	"slices"
	"time"

	"trail403/aggregate"
	"trail403/report/page"
)

// writeMarkdown writes the report for people, in GitHub's Markdown.
func writeMarkdown(w io.Writer, r *aggregate.Result, o Options) error {
	s := &sections{Writer: page.NewMarkdown(w), r: r, o: o}
	for _, section := range s.all() {
		section()
	}
	return s.Flush()
}

// writeText writes the same for a terminal. There the end is what stays in view,
// so what matters most comes last, and whoever scrolls up meets less and less
// urgent things.
func writeText(w io.Writer, r *aggregate.Result, o Options) error {
	s := &sections{Writer: page.NewTerminal(w, o.Width, o.Color), r: r, o: o, upward: true}
	for _, section := range slices.Backward(s.all()) {
		section()
	}
	return s.Flush()
}

// sections writes the report for people, the same for each format: each section
// is a method in a file of its own, which writes blocks one below the other. A
// section that has nothing to say writes nothing.
type sections struct {
	page.Writer
	r *aggregate.Result
	o Options
	// upward says that what matters most comes last.
	upward    bool
	hasLegend bool
	latest    time.Time // see latestDenial
	// policyOrder is that of ranked, and fixList that of toFix.
	policyOrder, fixList []*aggregate.Policy

	owners   map[string]string            // see bucketAccount
	patterns map[string]aggregate.Pattern // see pattern
}

// all returns the sections, what matters most first.
func (s *sections) all() []func() {
	groups := []func(){s.changed, s.others}
	if s.r.Breakdown != nil {
		groups = []func(){s.breakdown}
	}
	return slices.Concat(
		[]func(){s.headline, s.alarms, s.incidents, s.policies, s.eachIncident, s.eachPolicy},
		groups,
		[]func(){s.hints, s.layers, s.suggestions, s.coverage},
	)
}

// top returns how many of n rows a table shows.
func (s *sections) top(n int) int {
	if s.o.Top > 0 {
		return min(n, s.o.Top)
	}
	return n
}

// notShown says how many of a table's rows are not shown and what they hold.
func (s *sections) notShown(shown, rows int, noun page.Text, denials int) {
	if shown < rows {
		s.Paragraph("Not shown: " + comma(rows-shown) + " of " + plural(rows, noun) + ", with " + plural(denials, "denial") +
			" (" + percent(denials, s.r.Totals.Denials) + "). " + page.Code("--top 0") + " shows all.")
	}
}

// denialsColumn is the first of many tables: how often.
var denialsColumn = page.Column{Title: "Denials", Right: true, Pad: 7}
