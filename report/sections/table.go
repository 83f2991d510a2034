package sections

import (
	"slices"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/spark"
	"trail403/report/words"
)

// A groupColumn is a column of a table of groups.
type groupColumn struct {
	page.Column
	cell func(*aggregate.Group) page.Text
}

// groupColumns are all columns. What is of one width comes first, so that it lines
// up also where the table is not rendered, and what matters least comes last, where
// a narrow page cuts.
func (s *sections) groupColumns() []groupColumn {
	bars := spark.New(s.r.Window)
	return []groupColumn{
		{denialsColumn, func(g *aggregate.Group) page.Text { return words.Comma(g.Denials) }},
		{page.Column{Title: "Per " + bars.PerCharacter(), Fixed: true, Stack: "series"}, func(g *aggregate.Group) page.Text {
			return page.Code(bars.Line(g.Series, g.Unseen))
		}},
		{page.Column{Title: "Trend", Min: 32, Rank: 2, Stack: "series"},
			func(g *aggregate.Group) page.Text { return words.Trend(g, s.r.Window) }},
		{page.Column{Title: "Principal", Min: 30, Stack: "request"}, words.Principal},
		{page.Column{Title: "Action and bucket", Min: 30, Rank: 1, Stack: "request"}, actionOnBucket},
		{page.Column{Title: "Cause", Min: 28, Rank: 2}, groupCause},
		{page.Column{Title: "Seen (UTC)", Fixed: true, Rank: 3, Stack: "id"},
			func(g *aggregate.Group) page.Text { return words.Seen(g, s.r.Window) }},
		{idColumn, func(g *aggregate.Group) page.Text { return page.Code(g.ID) }},
	}
}

// idColumn has the ids of groups, which other commands take.
var idColumn = page.Column{Title: "ID", Fixed: true, Rank: 4, Stack: "id"}

// groupTable writes the first of the groups as a table.
func (s *sections) groupTable(groups []*aggregate.Group, most int, columns []groupColumn) {
	top := min(len(groups), most)
	table := page.Table{Rows: func(yield func([]page.Text) bool) {
		for _, g := range groups[:top] {
			var cells []page.Text
			for _, c := range columns {
				cells = append(cells, c.cell(g))
			}
			if !yield(cells) {
				return
			}
		}
	}}
	table.Times = func(row int) (first, last time.Time) { return groups[row].FirstSeen, groups[row].LastSeen }
	for _, c := range columns {
		table.Columns = append(table.Columns, c.Column)
	}
	s.Table(table)
	rest := 0
	for _, g := range groups[top:] {
		rest += g.Denials
	}
	s.notShown(top, len(groups), "group", rest)
	s.legend()
}

// legend explains the bars of tables, and what trends compare, below the first.
func (s *sections) legend() {
	if s.hasLegend || len(s.r.Groups) == 0 {
		return
	}
	s.hasLegend = true
	t := page.Text("Bars are relative to the highest of their row. A dot means no denials")
	if slices.ContainsFunc(s.r.Groups, func(g aggregate.Group) bool { return len(g.Unseen) > 0 }) {
		t += ", and a question mark means that some of the time was not seen"
	}
	t += "." + spark.New(s.r.Window).Edges()
	if s.r.Breakdown == nil && s.r.Window.IsDaily() && slices.ContainsFunc(s.r.Groups, comparesRates) {
		t += " Baseline rates are adjusted for the day of the week."
	}
	if slices.ContainsFunc(s.r.Groups, func(g aggregate.Group) bool {
		return g.IncidentID != "" &&
			!model.HasOwnTrend(&g)
	}) {
		t += " A dash in the Trend column means that this group alone shows no trend. All groups of the incident together do."
	}
	if s.r.Breakdown == nil {
		t += " " + page.Command("trail403 events --group ID SOURCE") + " lists the denials of a group."
	}
	s.Paragraph(t)
}

// comparesRates says whether the words of a group's trend compare a rate with the
// baseline.
func comparesRates(g aggregate.Group) bool {
	switch g.Trend.Kind {
	case trend.Rising, trend.Falling, trend.Stopped:
		return true
	}
	return false
}

// groupCause names a group's causes, the most frequent first, each once.
func groupCause(g *aggregate.Group) page.Text {
	const most = 5
	var list []page.Text
	for _, c := range g.Causes {
		if cause := words.Cause(c); !slices.Contains(list, cause) {
			list = append(list, cause)
		}
	}
	if len(list) == 0 {
		return page.None
	}
	causes := page.Join(list[:min(len(list), most)], "; ")
	if n := len(list) - most; n > 0 {
		causes += "; and " + words.Comma(n) + " more"
	}
	return causes
}

// actionOnBucket names what was denied.
func actionOnBucket(g *aggregate.Group) page.Text {
	t := page.Name(g.Action)
	if g.Bucket != "" {
		t += " on " + page.Name(g.Bucket)
	}
	return t
}
