package sections

import (
	"time"

	"trail403/report/page"
	"trail403/report/words"
)

// maxPolicies is how many policies the table shows, unless all are shown.
const maxPolicies = 15

// policies lists what to look at, and perhaps to change, in which order.
func (s *sections) policies() {
	ranked := s.m.Policies
	if len(ranked) == 0 {
		return
	}
	s.Heading(2, "Policies")
	s.Paragraph("Ongoing denials that started after a known change come first, then other ongoing denials, " +
		"then those that have ended or nearly ended. " +
		"A steady Deny with no preceding change is often an intentional guardrail.")
	top := len(ranked)
	if s.o.Top > 0 {
		top = min(top, s.o.Top, maxPolicies)
	}
	s.Table(page.Table{
		Columns: []page.Column{
			denialsColumn,
			s.recentColumn(),
			{Title: "Share", Right: true},
			{Title: "Policy", Min: 34, Stack: "policy"},
			{Title: "How", Min: 8, Rank: 1, Stack: "policy"},
			{Title: "Denies", Min: 36},
			{Title: "Seen (UTC)", Fixed: true, Rank: 2, Stack: "owner"},
			{Title: "Owner", Rank: 3, Stack: "owner"},
		},
		Times: func(row int) (first, last time.Time) { return ranked[row].FirstSeen, ranked[row].LastSeen },
		Rows: func(yield func([]page.Text) bool) {
			for _, p := range ranked[:top] {
				if !yield([]page.Text{
					words.Comma(p.Denials), words.Comma(p.Recent), words.Percent(p.Denials,
						s.r.Totals.Denials), words.PolicyTitle(p), words.How(p),
					words.Refuses(p), words.SeenBetween(p.FirstSeen, p.LastSeen, s.r.Window), words.Owner(p.Owner),
				}) {
					return
				}
			}
		},
	})
	rest := 0
	for _, p := range ranked[top:] {
		rest += p.Denials
	}
	if top < len(ranked) {
		all := page.Code("--top 0") + " shows all."
		if s.o.Rest != "" {
			all = "JSON has all."
		}
		s.Paragraph("Not shown: " + words.Comma(len(ranked)-top) + " more, with " + words.Plural(rest, "denial") +
			" (" + words.Percent(rest, s.r.Totals.Denials) + "). " + all)
	}
	for _, f := range s.m.Alarms {
		s.Paragraph("Not to fix: " + words.PolicyTitle(f.Policy) + ", with " +
			words.Plural(f.Policy.Denials, "denial") + ". It is an alarm; do not detach it.")
	}
}
