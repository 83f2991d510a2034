package report

import (
	"slices"

	"trail403/aggregate"
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
		s.groupTable(others, s.top(len(others)))
	}
	s.legend()
}

// groupTable writes groups as a table. What is of one width comes first, so that
// it stands in line also where the table is not rendered, and what matters least
// comes last, where a narrow page cuts.
func (s *sections) groupTable(groups []*aggregate.Group, most int) {
	bars := newScale(s.r.Window)
	top := min(len(groups), most)
	s.Table(page.Table{
		Columns: []page.Column{
			denialsColumn,
			{Title: "Per " + bars.perCharacter(), Fixed: true},
			{Title: "Trend", Min: 32, Rank: 2},
			{Title: "Principal", Min: 30},
			{Title: "Action and bucket", Min: 30, Rank: 1},
			{Title: "Cause", Min: 28, Rank: 2},
			{Title: "Seen (UTC)", Fixed: true, Rank: 3},
		},
		Rows: func(yield func([]page.Text) bool) {
			for _, g := range groups[:top] {
				if !yield([]page.Text{comma(g.Denials), page.Code(bars.sparkline(g.Series, g.Unseen)), trendWords(g, s.r.Window), principalWords(g),
					actionOnBucket(g), groupCause(g), seen(g, s.r.Window)}) {
					return
				}
			}
		},
	})
	rest := 0
	for _, g := range groups[top:] {
		rest += g.Denials
	}
	s.notShown(top, len(groups), "group", rest)
}

// legend explains the bars of the tables of groups.
func (s *sections) legend() {
	if len(s.r.Groups) == 0 {
		return
	}
	var unseen page.Text
	if slices.ContainsFunc(s.r.Groups, func(g aggregate.Group) bool { return len(g.Unseen) > 0 }) {
		unseen = ", a question mark is time that was not seen"
	}
	s.Paragraph("Bars are relative to the highest of their row; a dot is no denial" + unseen + ".")
}

// groupCause names a group's main cause and how many others there are.
func groupCause(g *aggregate.Group) page.Text {
	if len(g.Causes) == 0 {
		return page.None
	}
	t := causeWords(g.Causes[0])
	if n := len(g.Causes) - 1; n > 0 {
		t += " (+" + comma(n) + " more)"
	}
	return t
}

// actionOnBucket names what was refused.
func actionOnBucket(g *aggregate.Group) page.Text {
	t := page.Name(g.Action)
	if g.Bucket != "" {
		t += " on " + page.Name(g.Bucket)
	}
	return t
}
