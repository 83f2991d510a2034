package sections

import (
	"trail403/aggregate"
	"trail403/report/compare"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// Parts are the sections of a report, for a format that puts something of its own
// between them. Each writes to the writer that [For] was given.
type Parts struct {
	Headline, Since, Fixes, Alarms, Incidents, Policies, OtherPolicies func()
	Breakdown, Hints, Layers, Suggestions, Coverage                    func()
}

// For returns the sections of the report, what matters most first.
func For(w page.Writer, m *model.Model, o Options) Parts {
	s := &sections{Writer: w, m: m, r: m.Result, o: o}
	p := Parts{
		Headline: s.headline, Since: s.since, Fixes: s.fixFirst, Alarms: s.alarms, Incidents: s.incidents,
		Policies: s.policies, OtherPolicies: s.otherFixes,
		Breakdown: s.breakdown, Hints: s.hints, Layers: s.layers, Suggestions: s.suggestions, Coverage: s.coverage,
	}
	if s.r.Breakdown == nil {
		p.Breakdown = func() {}
	}
	return p
}

// News counts what changed since an earlier report.
func News(c *compare.Comparison) page.Text { return newsSince(c) }

// Cells are what a table of groups shows of a group.
type Cells struct{ Trend, Principal, ActionAndBucket, Cause, Seen page.Text }

// CellsOf returns the cells of a group, in the words of all formats.
func CellsOf(g *aggregate.Group, w aggregate.Window) Cells {
	trend := words.Trend(g, w)
	if g.IncidentID != "" && !model.HasOwnTrend(g) {
		trend = page.None // All groups of the incident together show one.
	}
	return Cells{
		Trend: trend, Principal: words.Principal(g), ActionAndBucket: actionOnBucket(g),
		Cause: groupCause(g), Seen: words.Seen(g, w),
	}
}
