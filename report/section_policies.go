package report

import (
	"cmp"
	"slices"

	"trail403/aggregate"
	"trail403/report/advice"
	"trail403/report/page"
)

const (
	// maxAdvised is how many policies are explained, the first to fix.
	maxAdvised = 5
	// maxPolicies is how many stand in the table, unless all do.
	maxPolicies = 15
	// maxThings is how many principals, buckets and actions are named of one.
	maxThings = 3
)

// policies writes what to look at, and perhaps to change, in which order.
func (s *sections) policies() {
	ranked := s.ranked()
	if len(ranked) == 0 {
		return
	}
	s.Heading(2, "Policies to fix")
	s.Paragraph("First what goes on and a known change began, then what else goes on, then what has ended or nearly so; each by denials. A Deny that no change began, and that refuses evenly, is often a guard that does its job.")
	top := len(ranked)
	if s.o.Top > 0 {
		top = min(top, s.o.Top, maxPolicies)
	}
	s.Table(page.Table{
		Columns: []page.Column{
			denialsColumn,
			s.lateColumn(),
			{Title: "Share", Right: true},
			{Title: "Policy", Min: 34},
			{Title: "How", Min: 8, Rank: 1},
			{Title: "Refuses", Min: 36},
			{Title: "Seen (UTC)", Fixed: true, Rank: 2},
			{Title: "Owner", Rank: 3},
		},
		Rows: func(yield func([]page.Text) bool) {
			for _, p := range ranked[:top] {
				if !yield([]page.Text{comma(p.Denials), comma(p.Late), percent(p.Denials, s.r.Totals.Denials), policyTitle(p), howWords(p), refuses(p),
					seenBetween(p.FirstSeen, p.LastSeen, s.r.Window), ownerWords[p.Owner]}) {
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
		s.Paragraph("Not shown: " + comma(len(ranked)-top) + " more, with " + plural(rest, "denial") +
			" (" + percent(rest, s.r.Totals.Denials) + "). " + page.Code("--top 0") + " shows all.")
	}
	for _, p := range s.quarantines() {
		s.Paragraph("Not to fix: " + policyTitle(p) + ", with " + plural(p.Denials, "denial") + ". It is an alarm; do NOT detach it.")
	}
}

// ranked returns the policies in the order in which people should look at them:
// those that go on, of incidents with a known change before others; then those that
// have ended or nearly so. Within each it is the order of the result, by
// denials. Alarms are not among them. It is found once; nobody changes it.
func (s *sections) ranked() []*aggregate.Policy {
	if s.policyOrder == nil {
		s.policyOrder = s.rank()
	}
	return s.policyOrder
}

func (s *sections) rank() []*aggregate.Policy {
	explained := s.explained()
	list := make([]*aggregate.Policy, 0, len(s.r.Documents))
	turn := map[*aggregate.Policy]int{}
	for _, p := range s.r.Documents {
		if advice.IsQuarantine(p.ARN) {
			continue
		}
		list = append(list, p)
		switch {
		case !s.goesOn(p.Denials, p.Late, p.FirstSeen):
			turn[p] = 3
		case slices.ContainsFunc(explained, func(g *aggregate.Group) bool {
			return slices.ContainsFunc(g.Causes, func(c aggregate.Cause) bool { return p.Refuses(g, &c) })
		}):
			turn[p] = 1
		default:
			turn[p] = 2
		}
	}
	slices.SortStableFunc(list, func(a, b *aggregate.Policy) int { return cmp.Compare(turn[a], turn[b]) })
	return list
}
