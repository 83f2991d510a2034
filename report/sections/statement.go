package sections

import (
	"cmp"
	"slices"

	"trail403/aggregate"
	"trail403/aggregate/evaluate"
	"trail403/ingest/event"
	"trail403/report/advice"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

const (
	// maxStatements is how many statements are shown that have to do with an incident.
	maxStatements = 2
	// leastShare is the share of the denials that a statement has to do with at least, as
	// a divisor. The groups in JSON have all.
	leastShare = 4
	// maxHad is how many different things are shown that requests had.
	maxHad = 3
	// maxHadText is how many characters of each are shown.
	maxHadText = 200
	// maxCallers is how many principals are named that had the same.
	maxCallers = 3
)

// statements says which statements of policy documents deny the requests of groups, or how
// to fetch the document that is missing. The fix is nil where no steps are given.
func (s *sections) statements(p *aggregate.Proof, groups []*aggregate.Group, f *model.Fix) {
	if p != nil {
		s.Bullet(page.Bold("Why:") + " " + words.Blocks(p) + ". " + words.Explains(p))
		s.had(&p.Statement, groups)
		return
	}
	list := statementsOf(groups)
	all := 0
	for _, g := range groups {
		all += g.Denials
	}
	list = slices.DeleteFunc(list, func(st aggregate.Statement) bool { return leastShare*st.Denials < all })
	for i := range list[:min(len(list), maxStatements)] {
		s.Bullet(page.Bold("Statement:") + " " + words.Matches(&list[i]))
		if list[i].Matches == evaluate.Refuses {
			s.had(&list[i], groups)
		}
	}
	switch disagrees := disagreement(groups); {
	case len(list) > 0:
	case disagrees != "":
		s.Bullet(page.Bold("Statement:") + " " + page.Quoted(disagrees))
	default:
		s.fetch(f)
	}
}

// fetch says how to fetch the policy of a fix, so that the next report names the statement.
func (s *sections) fetch(f *model.Fix) {
	if f == nil || f.Advice.Owner == event.OwnerNobody || f.Advice.Alarm || f.Case.Probing || f.MayBeMissing() {
		return
	}
	one, ok := advice.FetchFor(f.Case)
	if !ok {
		return
	}
	in := page.Text("")
	if one.Account != "" {
		in = " in account " + page.Text(one.Account)
	}
	s.Bullet(page.Bold("Statement:") + " not known from the documents that were read. Get the policy" + in +
		", and pass the file to " + page.Code("--policies") + ": " + page.Command(one.Command))
}

// had says what the requests had of what a statement asks for, and whose requests.
func (s *sections) had(st *aggregate.Statement, groups []*aggregate.Group) {
	for _, c := range st.Had[:min(len(st.Had), maxHad)] {
		t := words.Capital(words.Plural(c.Denials, "denial"))
		if names := callersThatHad(c.Value, st, groups); len(names) > 0 {
			t += " of " + words.Listed(names)
		}
		s.Below(t + ": " + page.CodeUpTo(c.Value, maxHadText))
	}
}

// callersThatHad names the principals whose requests had it, those with the most denials
// first.
func callersThatHad(value string, st *aggregate.Statement, groups []*aggregate.Group) []page.Text {
	var counts []aggregate.Count
	for _, g := range groups {
		for i := range g.Statements {
			if of := &g.Statements[i]; of.Kind != st.Kind || of.Name != st.Name || of.On != st.On || of.Text != st.Text {
				continue
			}
			for _, c := range g.Statements[i].Had {
				if c.Value == value {
					counts = addCount(counts, aggregate.Count{Value: string(words.Principal(g)), Denials: c.Denials})
				}
			}
		}
	}
	var names []page.Text
	for _, c := range counts[:min(len(counts), maxCallers)] {
		names = append(names, page.Text(c.Value)) // as words.Principal wrote it
	}
	if rest := len(counts) - len(names); rest > 0 {
		names = append(names, words.Comma(rest)+" more")
	}
	return names
}

// statementsOf adds up the statements of groups, those with the most denials first.
func statementsOf(groups []*aggregate.Group) (list []aggregate.Statement) {
	for _, g := range groups {
		for i := range g.Statements {
			st := &g.Statements[i]
			at := slices.IndexFunc(list, func(x aggregate.Statement) bool { return x.IsSame(st) })
			if at < 0 {
				list = append(list, *st)
				list[len(list)-1].Had = slices.Clone(st.Had)
				continue
			}
			list[at].Denials += st.Denials
			addHad(&list[at], st.Had)
		}
	}
	slices.SortStableFunc(list, func(a, b aggregate.Statement) int { return cmp.Compare(b.Denials, a.Denials) })
	return list
}

func addHad(st *aggregate.Statement, more []aggregate.Count) {
	for _, c := range more {
		st.Had = addCount(st.Had, c)
	}
}

// addCount adds a count to a list, which stays sorted by denials.
func addCount(list []aggregate.Count, c aggregate.Count) []aggregate.Count {
	at := slices.IndexFunc(list, func(x aggregate.Count) bool { return x.Value == c.Value })
	if at < 0 {
		list = append(list, c)
	} else {
		list[at].Denials += c.Denials
	}
	slices.SortStableFunc(list, func(a, b aggregate.Count) int {
		return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Value, b.Value))
	})
	return list
}

// disagreement says how documents contradict the messages of a group.
func disagreement(groups []*aggregate.Group) string {
	for _, g := range groups {
		if g.Disagrees != "" {
			return g.Disagrees
		}
	}
	return ""
}

// proofOf returns the proof of the incident that a fix is for, nil if there is none.
func proofOf(f *model.Fix) *aggregate.Proof {
	if f.Incident == nil {
		return nil
	}
	return f.Incident.Proof
}

// groupsOf returns all groups of a result.
func groupsOf(r *aggregate.Result) (list []*aggregate.Group) {
	for i := range r.Groups {
		list = append(list, &r.Groups[i])
	}
	return list
}
