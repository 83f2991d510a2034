package sections

import (
	"time"

	"trail403/aggregate"
	"trail403/report/compare"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// Options say how to write a page.
type Options struct {
	// Top is how many groups and incidents are shown; 0 shows all.
	Top int
	// Rest says where all rows of a table are that is cut; "" is the flag that shows them.
	Rest page.Text
	// Fit is how many bytes the report has at most in Markdown; 0 for any number.
	Fit int
	// Timeline is the path of a picture of the timeline, which Markdown shows; "" for none.
	Timeline string
	// Suggest adds statements that would allow what was denied.
	Suggest bool
	// Against is what changed since an earlier report; nil if there is none.
	Against *compare.Comparison
}

// sections writes the report for people, the same for each format: each section is
// a method in a file of its own, which writes blocks one below the other. A section
// that has nothing to say writes nothing.
type sections struct {
	page.Writer
	m *model.Model
	r *aggregate.Result
	o Options
	// upward says that what matters most comes last.
	upward bool
	// isTerminal says that lines can wrap anywhere, and that there are no links.
	isTerminal bool
	hasLegend  bool
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
		rest := s.o.Rest
		if rest == "" {
			rest = page.Code("--top 0") + " shows all."
		}
		s.Paragraph("Not shown: " + words.Comma(rows-shown) + " of " + words.Plural(rows, noun) + ", with " +
			words.Plural(denials, "denial") +
			" (" + words.Percent(denials, s.r.Totals.Denials) + "). " + rest)
	}
}

// denialsColumn is the first of many tables: how many.
var denialsColumn = page.Column{Title: "Denials", Right: true, Pad: 7}

// recentColumn counts recent denials.
func (s *sections) recentColumn() page.Column {
	return page.Column{Title: "Since " + s.recentStart(), Right: true}
}

// recentStart says when the recent period starts.
func (s *sections) recentStart() page.Text {
	from := s.r.RecentFrom.UTC()
	if w := s.r.Window; w.Interval < aggregate.Day || !from.Equal(from.Truncate(24*time.Hour)) {
		return words.Moment(from, w)
	}
	return page.Text(from.Format(words.DayFormat(s.r.Window)))
}

// number returns the position of the nth of a list in the order of the page.
func (s *sections) number(i, n int) int {
	if s.upward {
		return n - 1 - i
	}
	return i
}

// maxNamed is how many objects or folders a report for people names. JSON names
// all.
const maxNamed = 20

// Places that the page links to. Those without a number are the headings of sections.
var (
	atAlarms   = page.Anchor{Word: "alarms"}
	atPolicies = page.Anchor{Word: "policies"}
	atCoverage = page.Anchor{Word: "coverage"}
)

func atIncident(number int) page.Anchor { return page.Anchor{Word: "incident", Number: number} }
func atPolicy(number int) page.Anchor   { return page.Anchor{Word: "policy", Number: number} }

// seeIncident names an incident, and leads to its section if the page has one.
func (s *sections) seeIncident(in *model.Incident) page.Text {
	name := "Incident" + words.Space + words.Comma(in.Number)
	if in.Number > s.top(len(s.m.Incidents)) {
		return name
	}
	return page.Link(atIncident(in.Number), name)
}

// adviceTitle is the heading above the advice on policies that no incident is about.
func (s *sections) adviceTitle() page.Text {
	for _, f := range s.m.Fixes {
		if f.Incident != nil {
			return "Other policies"
		}
	}
	return "What to do"
}
