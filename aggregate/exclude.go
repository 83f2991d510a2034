package aggregate

import (
	"trail403/aggregate/filter"
	"trail403/aggregate/rows"
)

// Exclusion says what the filters or a rule left out. For the filters, it has neither a
// file nor a line.
type Exclusion struct {
	File    string
	Line    int
	Rule    string             // the rule, as the file has it
	Filters []filter.Condition // of the filters
	Why     string
	Until   string // the last day on which the rule applies, or ""
	Expired bool   // so the rule left nothing out
	Denials int
}

// ExclusionsOf lists the filters, if there are any, and the rules of a selection.
func ExclusionsOf(s *filter.Selection) (list []Exclusion) {
	if filters := s.Only.Conditions(); len(filters) > 0 {
		list = append(list, Exclusion{Filters: filters})
	}
	for _, r := range s.Rules {
		list = append(list, Exclusion{File: r.File, Line: r.Line, Rule: r.Text, Why: r.Why, Until: r.Until, Expired: r.Expired})
	}
	return list
}

// exclude drops the rows that the selection leaves out, and returns the patterns that
// match nothing. It runs after duplicates are removed, and uses the names of principals
// that are shown, so that all denials of one principal are treated in the same way.
func exclude(t *rows.Table, s *filter.Selection, found []Group, matchers []*filter.Matcher) ([]Exclusion, []Unmatched) {
	list := ExclusionsOf(s)
	rules := len(list) - len(s.Rules) // the index of the first rule
	if s.IsAll() {
		return list, nil
	}
	watch := s.Watch()
	for _, m := range matchers {
		watch.Join(m)
	}
	incidents := map[string]string{}
	if s.Only.Asks(filter.Group) || s.Only.Asks(filter.Incident) {
		for i := range found {
			incidents[found[i].ID] = found[i].IncidentID
		}
	}
	asked := s.Only.Asked()
	type key struct{ principal, action, bucket, account, cause, policy, recipient uint32 }
	excludes := map[key]int{}
	decide := func(c *rows.Context) int {
		k := key{
			t.ShownOf(c), c.Number(rows.Action), c.Number(rows.Bucket), c.Number(rows.BucketAccount),
			c.Number(rows.Cause), c.Number(rows.PolicyARN), c.Number(rows.Recipient),
		}
		by, ok := excludes[k]
		if !ok {
			text := t.Text
			d := filter.Denial{
				Principal: text(k.principal), Action: text(k.action), Bucket: text(k.bucket),
				BucketAccount: text(k.account), Cause: text(k.cause), PolicyARN: text(k.policy),
				Recipient: text(k.recipient),
			}
			if len(incidents) > 0 {
				d.Group = GroupID(d.Principal, d.Action, d.Bucket)
				d.Incident = incidents[d.Group]
			}
			watch.See(&d)
			by = s.Excludes(&d)
			excludes[k] = by
		}
		return by
	}
	decided := make([]*int, t.Contexts())
	t.Each(func(r *rows.Row) {
		n := r.Context()
		if decided[n] == nil {
			by := decide(t.Context(n))
			decided[n] = &by
		}
		by := *decided[n]
		if r.Matched()&asked != asked {
			by = filter.TheFilters
		}
		switch by {
		case filter.Nothing:
			return
		case filter.TheFilters:
			list[0].Denials++
		default:
			list[rules+by].Denials++
		}
		r.Drop()
	})
	return list, watch.Unmatched(len(excludes))
}
