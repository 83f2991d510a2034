package report

import (
	"slices"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/page"
)

// others writes the groups that belong to no incident and did not change.
func (s *sections) others() {
	var others []*aggregate.Group
	for i := range s.r.Groups {
		if g := &s.r.Groups[i]; g.IncidentID == "" && !slices.Contains(leading, g.Trend.Kind) {
			others = append(others, g)
		}
	}
	if len(others) > 0 {
		if len(others) < len(s.r.Groups) {
			s.Heading(2, "Other groups")
		} else {
			s.Heading(2, "Groups")
		}
		s.groupTable(others, s.top(len(others)), s.groupColumns())
	}
}

// A groupColumn is a column of a table of groups.
type groupColumn struct {
	page.Column
	cell func(*aggregate.Group) page.Text
}

// groupColumns are all columns. What is of one width comes first, so that it stands
// in line also where the table is not rendered, and what matters least comes last,
// where a narrow page cuts.
func (s *sections) groupColumns() []groupColumn {
	bars := newScale(s.r.Window)
	return []groupColumn{
		{denialsColumn, func(g *aggregate.Group) page.Text { return comma(g.Denials) }},
		{page.Column{Title: "Per " + bars.perCharacter(), Fixed: true}, func(g *aggregate.Group) page.Text {
			return page.Code(bars.sparkline(g.Series, g.Unseen))
		}},
		{page.Column{Title: "Trend", Min: 32, Rank: 2}, func(g *aggregate.Group) page.Text { return trendWords(g, s.r.Window) }},
		{page.Column{Title: "Principal", Min: 30}, principalWords},
		{page.Column{Title: "Action and bucket", Min: 30, Rank: 1}, actionOnBucket},
		{page.Column{Title: "Cause", Min: 28, Rank: 2}, groupCause},
		{page.Column{Title: "Seen (UTC)", Fixed: true, Rank: 3}, func(g *aggregate.Group) page.Text { return seen(g, s.r.Window) }},
	}
}

// memberColumns are those of the groups of an incident. They leave away what its
// heading says of all of them.
func (s *sections) memberColumns(in *aggregate.Incident, groups []*aggregate.Group) (list []groupColumn) {
	differ := func(of func(*aggregate.Group) page.Text) bool {
		return slices.ContainsFunc(groups, func(g *aggregate.Group) bool { return of(g) != of(groups[0]) })
	}
	for _, c := range s.groupColumns() {
		keep := true
		switch c.Title {
		case "Trend":
			c.cell = s.memberTrend
			keep = slices.ContainsFunc(groups, func(g *aggregate.Group) bool { return c.cell(g) != page.None })
		case "Principal":
			keep = in.Shared.Principal == ""
		case "Cause":
			keep = in.Pattern == aggregate.Enumeration || differ(c.cell)
		}
		if keep {
			list = append(list, c)
		}
	}
	return list
}

// memberTrend says what a group of an incident does, if it shows by itself. Many
// are too small for that: only all together jump, and no group of them is steady.
func (s *sections) memberTrend(g *aggregate.Group) page.Text {
	if !hasOwnTrend(g) {
		return page.None
	}
	return trendWords(g, s.r.Window)
}

func hasOwnTrend(g *aggregate.Group) bool {
	return g.Trend.Kind != trend.Steady && g.Trend.Kind != trend.Sporadic
}

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
	words := page.Text("Bars are relative to the highest of their row; a dot is no denial")
	if slices.ContainsFunc(s.r.Groups, func(g aggregate.Group) bool { return len(g.Unseen) > 0 }) {
		words += ", a question mark is time that was not seen"
	}
	words += "." + newScale(s.r.Window).edges()
	if s.r.Breakdown == nil && s.r.Window.IsDaily() && slices.ContainsFunc(s.r.Groups, comparesRates) {
		words += " The past that a rate is compared with allows for weekdays."
	}
	if slices.ContainsFunc(s.r.Groups, func(g aggregate.Group) bool { return g.IncidentID != "" && !hasOwnTrend(&g) }) {
		words += " Where a group of an incident has no trend, only all of them together show one."
	}
	s.Paragraph(words)
}

// groupCause names a group's causes, the most frequent first, each once.
func groupCause(g *aggregate.Group) page.Text {
	const most = 5
	var list []page.Text
	for _, c := range g.Causes {
		if words := causeWords(c); !slices.Contains(list, words) {
			list = append(list, words)
		}
	}
	if len(list) == 0 {
		return page.None
	}
	words := page.Join(list[:min(len(list), most)], "; ")
	if n := len(list) - most; n > 0 {
		words += "; and " + comma(n) + " more"
	}
	return words
}

// actionOnBucket names what was refused.
func actionOnBucket(g *aggregate.Group) page.Text {
	t := page.Name(g.Action)
	if g.Bucket != "" {
		t += " on " + page.Name(g.Bucket)
	}
	return t
}
