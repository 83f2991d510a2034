package sections

import (
	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/report/page"
	"trail403/report/spark"
	"trail403/report/words"
)

// dimensionTitles head the columns of a breakdown.
var dimensionTitles = map[aggregate.Dimension]page.Text{
	aggregate.ByPrincipal: "Principal",
	aggregate.ByAction:    "Action",
	aggregate.ByBucket:    "Bucket",
	aggregate.ByCause:     "Cause",
	aggregate.ByPolicy:    "Policy",
	aggregate.ByAccount:   "Account",
	aggregate.ByRegion:    "Region",
}

// breakdown writes the denials by dimensions of choice, in place of the groups.
func (s *sections) breakdown() {
	b := s.r.Breakdown
	if len(b.Parts) == 0 {
		return
	}
	bars := spark.New(s.r.Window)
	columns := []page.Column{denialsColumn, {Title: "Share", Right: true},
		{Title: "Per " + bars.PerCharacter(), Fixed: true}}
	var names []page.Text
	for _, d := range b.By {
		columns = append(columns, page.Column{Title: dimensionTitles[d]})
		names = append(names, page.Text(d))
	}
	columns = append(columns, page.Column{Title: "Seen (UTC)", Fixed: true, Rank: 1})
	s.Heading(2, "Denials by "+words.Listed(names))
	top := s.top(len(b.Parts))
	s.Table(page.Table{Columns: columns, Rows: func(yield func([]page.Text) bool) {
		for _, p := range b.Parts[:top] {
			cells := []page.Text{words.Comma(p.Denials), words.Percent(p.Denials, s.r.Totals.Denials),
				page.Code(bars.Line(p.Series, nil))}
			for i, d := range b.By {
				cells = append(cells, dimensionWords(d, p.Values[i]))
			}
			if !yield(append(cells, words.Seen(&aggregate.Group{FirstSeen: p.FirstSeen, LastSeen: p.LastSeen},
				s.r.Window))) {
				return
			}
		}
	}})
	rest := s.r.Totals.Denials
	for _, p := range b.Parts[:top] {
		rest -= p.Denials
	}
	s.notShown(top, len(b.Parts), "row", rest)
	s.legend()
}

// dimensionWords names a value as the other tables do.
func dimensionWords(d aggregate.Dimension, value string) page.Text {
	switch {
	case value == "":
		return page.None
	case d == aggregate.ByPrincipal:
		return words.Principal(&aggregate.Group{
			Principal: value, PrincipalType: identity.TypeOf(value), PrincipalAccount: identity.AccountOf(value),
		})
	case d == aggregate.ByCause:
		return words.CauseAndID(aggregate.Cause{Cause: event.Cause(value)})
	case d == aggregate.ByPolicy:
		return words.PolicyARN(value)
	case d == aggregate.ByAccount && words.IsAccount(value):
		return page.Text(value)
	}
	return page.Name(value)
}
