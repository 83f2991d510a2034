// Package sections writes the report for people, section by section.
//
// The report opens with the news. Its sections, from the top, each in a file of its own:
// headline.go with news.go and numbers.go, recovery.go, since.go, fixes.go, alarms.go, incident.go,
// policies.go, groups.go or breakdown.go, hints.go, layers.go, suggest.go, coverage.go
// with exclusions.go. On a terminal they come in the opposite order, because there the
// end stays in view.
//
// The files below them are advice.go (the steps of a fix), table.go (tables of
// groups), and base.go.
// sections.go is on top of all.
package sections

import (
	"io"
	"slices"

	"trail403/aggregate"
	"trail403/report/model"
	"trail403/report/outline"
	"trail403/report/page"
	"trail403/report/words"
)

// Markdown writes the report in GitHub's Markdown.
func Markdown(w io.Writer, m *model.Model, o Options) error {
	out := outline.New()
	s := &sections{Writer: out, m: m, r: m.Result, o: o}
	for i, section := range s.all() {
		section()
		if i == 0 && o.Timeline != "" {
			out.Picture("Timeline of the denials, with incidents and access changes", o.Timeline)
		}
	}
	return out.Write(w, o.Fit)
}

// Text writes the same for a terminal. There the end stays in view, so the news comes
// last, and whoever scrolls up meets less and less urgent things. With headFirst, it
// comes first, as on other pages.
func Text(m *model.Model, o Options, w page.Writer, headFirst bool) error {
	s := &sections{Writer: w, m: m, r: m.Result, o: o, upward: !headFirst, isTerminal: true}
	all := s.all()
	if s.upward {
		slices.Reverse(all)
	}
	for _, section := range all {
		section()
	}
	if headFirst {
		s.Paragraph(page.Toned(page.Faint, "This is the end of the report. "+page.Code("-o report.md")+
			" writes it to a file, and "+page.Code("--top 0")+" shows all groups and incidents."))
	}
	return s.Flush()
}

// Comparison writes only what changed from an earlier report to a later one.
func Comparison(w page.Writer, o Options) error {
	s := &sections{Writer: w, r: &aggregate.Result{Window: o.Against.Later.Shown()}, o: o}
	s.Heading(1, "S3 access denied"+words.Title(s.r.Window)+": what changed")
	s.since()
	return s.Flush()
}

// all returns the sections, what matters most first.
func (s *sections) all() []func() {
	groups := []func(){s.changed, s.others}
	if s.r.Breakdown != nil {
		groups = []func(){s.breakdown}
	}
	return slices.Concat(
		[]func(){s.headline, s.since, s.fixFirst, s.alarms, s.incidents, s.otherFixes, s.policies},
		groups,
		[]func(){s.hints, s.layers, s.suggestions, s.coverage},
	)
}
