package policydoc

import (
	"cmp"
	"slices"
	"strings"
)

// pair is a statement of a document and the one that took its place in another.
// One of them is nil where the statement was added or removed.
type pair struct{ before, after *Statement }

// maxCompared bounds the comparisons of statements by their likeness.
const maxCompared = 10_000

// pairs finds the statements that belong together: those with the same Sid, then
// those with the same content, then those that are alike in more than half. The
// order is that of the new document, with what was removed at the end.
func pairs(before, after *Document) []pair {
	p := pairing{partner: map[*Statement]*Statement{}}
	for i := range before.Statements {
		p.before = append(p.before, &before.Statements[i])
	}
	for i := range after.Statements {
		p.after = append(p.after, &after.Statements[i])
	}
	p.by(func(s *Statement) string { return s.Sid })
	p.by(func(s *Statement) string { return strings.Join(s.features(), "\x00") })
	p.byLikeness()
	var list []pair
	for i := range after.Statements {
		s := &after.Statements[i]
		list = append(list, pair{p.partner[s], s})
	}
	for _, s := range p.before {
		list = append(list, pair{s, nil})
	}
	return list
}

// pairing holds the statements that have no partner yet, in their order.
type pairing struct {
	before, after []*Statement
	partner       map[*Statement]*Statement // from new to old
}

// by pairs the statements for which a text is the same and not empty, the first of
// one document with the first of the other.
func (p *pairing) by(text func(*Statement) string) {
	waiting := map[string][]*Statement{}
	for _, s := range p.before {
		if t := text(s); t != "" {
			waiting[t] = append(waiting[t], s)
		}
	}
	for _, s := range p.after {
		t := text(s)
		if old := waiting[t]; len(old) > 0 {
			p.partner[s] = old[0]
			waiting[t] = old[1:]
		}
	}
	p.settle()
}

// settle leaves only the statements without a partner.
func (p *pairing) settle() {
	taken := map[*Statement]bool{}
	for _, old := range p.partner {
		taken[old] = true
	}
	p.before = slices.DeleteFunc(p.before, func(s *Statement) bool { return taken[s] })
	p.after = slices.DeleteFunc(p.after, func(s *Statement) bool { return p.partner[s] != nil })
}

// byLikeness pairs what is most alike first. In documents with very many statements
// that have no Sid, it pairs none.
func (p *pairing) byLikeness() {
	if len(p.before)*len(p.after) > maxCompared {
		return
	}
	type candidate struct {
		pair
		likeness float64
	}
	features := map[*Statement][]string{}
	for _, s := range slices.Concat(p.before, p.after) {
		features[s] = s.features()
	}
	var list []candidate
	for _, b := range p.before {
		for _, a := range p.after {
			if l := likeness(features[b], features[a]); l > 0.5 && b.Effect == a.Effect {
				list = append(list, candidate{pair{b, a}, l})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y candidate) int { return cmp.Compare(y.likeness, x.likeness) })
	taken := map[*Statement]bool{}
	for _, c := range list {
		if !taken[c.before] && !taken[c.after] {
			taken[c.before], taken[c.after] = true, true
			p.partner[c.after] = c.before
		}
	}
	p.settle()
}

// features returns what a statement consists of, sorted, each once: one text for
// each value of each element. The Sid is not a part of it.
func (s *Statement) features() []string {
	list := []string{"Effect " + string(s.Effect)}
	add := func(element string, not bool, values []string) {
		if not {
			element = "Not" + element
		}
		if len(values) == 0 {
			list = append(list, element)
		}
		for _, v := range values {
			list = append(list, element+" "+v)
		}
	}
	add("Action", s.Actions.Not, lowered(s.Actions.Values))
	if s.Resources.Given {
		add("Resource", s.Resources.Not, s.Resources.Values)
	}
	if s.Principals.Given {
		add("Principal", s.Principals.Not, s.Principals.values())
	}
	for _, c := range s.Conditions {
		condition := "Condition " + c.Operator + " " + lower(c.Key)
		add(condition, false, c.Values)
		list = append(list, condition) // the same condition with another value is alike
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// values returns the principals as texts. An account is the same by its id and by
// its ARN.
func (p *Principals) values() []string {
	var list []string
	for _, one := range p.Values {
		value := one.Value
		if account, resource := resourceOf(value); resource == "root" {
			value = account
		}
		list = append(list, one.Type+" "+value)
	}
	return list
}

func lowered(values []string) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = lower(v)
	}
	return list
}

// likeness returns how much of two sorted sets is in both, from 0 to 1.
func likeness(a, b []string) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c == 0:
			both, i, j = both+1, i+1, j+1
		case c < 0:
			i++
		default:
			j++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
