package statement

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"trail403/aggregate/evaluate"
	"trail403/aggregate/rows"
	"trail403/ingest/field"
)

// mostShown is how many statements of a group are kept. More would not be read.
const mostShown = 10

// tally counts the denials of a group that a statement has to do with in one way.
type tally struct {
	denials int
	why     map[string]int
	had     map[string]int
	unseen  map[string]bool
}

// Of returns the statements that have to do with denials, those that deny the most
// first, and how the documents disagree with the most messages, if they do.
func (j *Judge) Of(all iter.Seq[*rows.Row]) (list []Statement, disagrees string) {
	if len(j.verdicts) == 0 {
		return nil, ""
	}
	type way struct {
		*Statement
		evaluate.Relation
	}
	tallies, disagree := map[way]*tally{}, map[string]int{}
	for r := range all {
		v := j.verdict(r)
		if v == nil {
			continue
		}
		if v.disagrees != "" {
			disagree[v.disagrees]++
		}
		for i := range v.hits {
			h := &v.hits[i]
			t := tallies[way{h.statement, h.matches}]
			if t == nil {
				t = &tally{why: map[string]int{}, had: map[string]int{}, unseen: map[string]bool{}}
				tallies[way{h.statement, h.matches}] = t
			}
			t.add(h)
		}
	}
	for w, t := range tallies {
		s := *w.Statement
		s.Matches, s.Denials, s.Why = w.Relation, t.denials, field.Redact(most(t.why))
		s.Unseen = slices.Sorted(maps.Keys(t.unseen))
		s.redact()
		s.Had = hadOf(t.had)
		list = append(list, s)
	}
	slices.SortFunc(list, compare)
	return list[:min(len(list), mostShown)], most(disagree)
}

func (t *tally) add(h *hit) {
	t.denials++
	t.why[h.why]++
	t.had[h.had]++
	for _, name := range h.unseen {
		t.unseen[name] = true
	}
}

// redact removes secrets, which an escape in a document can hide until it is read.
func (s *Statement) redact() {
	s.Sid, s.Text, s.Condition = field.Redact(s.Sid), field.Redact(s.Text), field.Redact(s.Condition)
}

// mostHad is how many different things are kept that requests had.
const mostHad = 5

func hadOf(counts map[string]int) []rows.Count {
	delete(counts, "")
	list := rows.SortCounts(counts)
	list = list[:min(len(list), mostHad)]
	for i := range list {
		list[i].Value = field.Redact(list[i].Value)
	}
	return list
}

// most returns the text that comes most often, of several the first one.
func most(counts map[string]int) (best string) {
	for _, text := range slices.Sorted(maps.Keys(counts)) {
		if counts[text] > counts[best] {
			best = text
		}
	}
	return best
}

// ranks are the relations in the order in which they tell something.
var ranks = []evaluate.Relation{evaluate.Refuses, evaluate.MayRefuse, evaluate.Misses}

func compare(a, b Statement) int {
	return cmp.Or(
		cmp.Compare(slices.Index(ranks, a.Matches), slices.Index(ranks, b.Matches)),
		cmp.Compare(b.Denials, a.Denials),
		cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.On, b.On),
		a.Since.Compare(b.Since), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Why, b.Why),
	)
}
