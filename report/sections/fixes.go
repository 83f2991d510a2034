package sections

import (
	"slices"
	"time"

	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// fixFirst lists what to fix first, in the order of the numbers that it shows. What
// has ended is not among it.
func (s *sections) fixFirst() {
	list := s.m.Fixes[:min(len(s.m.Fixes), model.MaxFixes)]
	for len(list) > 0 && list[len(list)-1].Policy.Recent == 0 {
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		return
	}
	s.Heading(2, "Fix first")
	if len(s.m.Alarms) > 0 {
		s.Paragraph("Before any policy, act on the exposed access key: see " + page.Link(atAlarms, "Alarms") + ".")
	}
	s.Table(page.Table{
		Columns: []page.Column{
			{Title: s.recentColumn().Title, Right: true, Pad: 7},
			{Title: "In total", Right: true},
			{Title: "Policy", Min: 30},
			{Title: "What to change", Min: 30},
			{Title: "Who", Min: 20, Rank: 1},
			{Title: "See", Rank: 2},
		},
		Times: func(row int) (first, last time.Time) {
			return list[row].Policy.FirstSeen, list[row].Policy.LastSeen
		},
		Rows: func(yield func([]page.Text) bool) {
			for i, f := range list {
				see := page.Link(atPolicy(i+1), s.adviceTitle()+","+words.Space+words.Comma(i+1))
				if f.Incident != nil {
					see = s.seeIncident(f.Incident)
				}
				remedy := words.Remedy(f.Policy)
				if f.MayBeMissing() {
					remedy = "probably nothing: check that the objects exist"
				} else if p := proofOf(f); p != nil {
					remedy = words.RemedyOf(p)
				}
				if !yield([]page.Text{
					words.Comma(f.Policy.Recent), words.Comma(f.Policy.Denials), words.PolicyTitle(f.Policy),
					remedy, page.Quoted(f.Advice.OwnerText), see,
				}) {
					return
				}
			}
		},
	})
	if slices.ContainsFunc(list, countsDiffer) {
		s.Paragraph("These numbers count all denials by a policy. An incident counts only those that belong to it.")
	}
}

// countsDiffer says whether a policy has other denials than those of its incident.
func countsDiffer(f *model.Fix) bool {
	return f.Incident != nil && f.Incident.Denials != f.Policy.Denials
}

// otherFixes writes what the policies mean that no incident is about, and what to
// do about them.
func (s *sections) otherFixes() {
	var numbers []int
	for i, f := range s.m.Fixes {
		if f.Incident == nil {
			numbers = append(numbers, i)
		}
	}
	if len(numbers) > 0 {
		s.Heading(2, s.adviceTitle())
	}
	for i := range numbers {
		i = numbers[s.number(i, len(numbers))]
		f := s.m.Fixes[i]
		s.Heading(3, page.At(atPolicy(i+1), words.Comma(i+1)+". "+words.Capital(words.PolicyTitle(f.Policy))))
		s.policyFacts(f)
		s.statements(nil, f.Groups, f)
		s.advise(f, s.sameAs(f))
	}
	if len(s.m.Fixes) > 0 {
		s.Paragraph("S3 reports one reason at a time. Repeat the call after each fix: another reason may appear. " +
			"Some denials are intended. " +
			page.Code("trail403 explain") + " gives advice on any other error message.")
	}
}
