package report

import (
	"cmp"
	"slices"

	"trail403/aggregate"
	"trail403/ingest/message"
	"trail403/report/page"
)

// maxActions is how many actions stand beside a cause.
const maxActions = 3

// causes writes the causes as a table, a row for each policy that is known.
func (s *sections) causes() {
	causes := mergeCauses(s.r.Causes, func(c aggregate.Cause) aggregate.Cause {
		c.DeniedAction = ""
		return c
	})
	if len(causes) == 0 {
		return
	}
	s.Heading(2, "Causes")
	top := s.top(len(causes))
	s.Table(page.Table{
		Columns: []page.Column{denialsColumn, {Title: "Share", Right: true}, {Title: "Cause", Min: 30}, {Title: "Policy", Min: 24}, {Title: "Denied actions"}},
		Rows: func(yield func([]page.Text) bool) {
			for _, c := range causes[:top] {
				if !yield([]page.Text{comma(c.Denials), percent(c.Denials, s.r.Totals.Denials), causeAndID(c), policyWords(c.PolicyARN), s.deniedActions(c)}) {
					return
				}
			}
		},
	})
	rest := s.r.Totals.Denials
	for _, c := range causes[:top] {
		rest -= c.Denials
	}
	s.notShown(top, len(causes), "cause", rest)
}

// causeAndID gives a cause's words and what programs call it. Its policy stands
// in a column of its own.
func causeAndID(c aggregate.Cause) page.Text {
	c.PolicyARN = ""
	words := causeWords(c)
	if _, ok := phrases[message.Cause(c.Cause)]; ok {
		words += " " + page.Tag(c.Cause)
	}
	return words
}

// deniedActions lists the actions that the messages of a merged cause name.
func (s *sections) deniedActions(of aggregate.Cause) page.Text {
	var list []page.Text
	others := 0
	for _, c := range s.r.Causes { // the most frequent first
		if c.Cause != of.Cause || c.PolicyARN != of.PolicyARN || c.WhyNotTold != of.WhyNotTold || c.DeniedAction == "" {
			continue
		}
		if len(list) < maxActions {
			list = append(list, page.Name(c.DeniedAction))
		} else {
			others++
		}
	}
	if len(list) == 0 {
		return page.None
	}
	if others > 0 {
		list = append(list, "+"+comma(others)+" more")
	}
	return page.Join(list, ", ")
}

// mergeCauses adds up the causes that key makes alike, the largest first. Among
// equals the order of causes stays.
func mergeCauses(causes []aggregate.Cause, key func(aggregate.Cause) aggregate.Cause) []aggregate.Cause {
	var list []aggregate.Cause
	at := map[aggregate.Cause]int{}
	for _, c := range causes {
		n := c.Denials
		c.Denials = 0
		k := key(c)
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k] = i
			list = append(list, k)
		}
		list[i].Denials += n
	}
	slices.SortStableFunc(list, func(a, b aggregate.Cause) int { return cmp.Compare(b.Denials, a.Denials) })
	return list
}
