package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/message"
)

// maxActions is how many actions stand beside a cause.
const maxActions = 3

// causes prints the causes as a table, a row for each policy that is known.
func (m *markdown) causes() {
	causes := mergeCauses(m.r.Causes, func(c aggregate.Cause) aggregate.Cause {
		c.DeniedAction = ""
		return c
	})
	if len(causes) == 0 {
		return
	}
	m.printf("\n## Causes\n\n")
	m.row("Denials", "Share", "Cause", "Policy", "Denied actions")
	m.row("------:", "---:", "---", "---", "---")
	top := m.top(len(causes))
	rest := m.r.Totals.Denials
	for _, c := range causes[:top] {
		rest -= c.Denials
		m.row(alignRight(comma(c.Denials)), percent(c.Denials, m.r.Totals.Denials),
			causeAndID(c), policyWords(c.PolicyARN), m.deniedActions(c))
	}
	m.notShown(top, len(causes), "cause", rest)
}

// causeAndID gives a cause's words and what programs call it. Its policy stands
// in a column of its own.
func causeAndID(c aggregate.Cause) string {
	c.PolicyARN = ""
	words := causeWords(c)
	if _, ok := phrases[message.Cause(c.Cause)]; ok {
		words += " " + code(c.Cause)
	}
	return words
}

// deniedActions lists the actions that the messages of a merged cause name.
func (m *markdown) deniedActions(of aggregate.Cause) string {
	var list []string
	others := 0
	for _, c := range m.r.Causes { // the most frequent first
		if c.Cause != of.Cause || c.PolicyARN != of.PolicyARN || c.WhyNotTold != of.WhyNotTold || c.DeniedAction == "" {
			continue
		}
		if len(list) < maxActions {
			list = append(list, codeUpTo(c.DeniedAction, maxCell))
		} else {
			others++
		}
	}
	if len(list) == 0 {
		return "–"
	}
	if others > 0 {
		list = append(list, fmt.Sprintf("+%d more", others))
	}
	return strings.Join(list, ", ")
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
