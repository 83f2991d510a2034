package amendment

import (
	"cmp"
	"slices"

	"trail403/aggregate/evaluate"
	"trail403/ingest/policydoc"
)

// Coverage says what there is to do about a need.
type Coverage int

const (
	Open    Coverage = iota // no edit covers it
	Edited                  // an edit does
	Allowed                 // the policies allow it as they are
)

// Amend finds the edits of policies that allow what is needed, and the policies as they
// would be afterwards. A need whose statement is already edited in another way stays open:
// both edits together could allow more than either.
func Amend(policies []evaluate.Policy, needs []Need) (after []evaluate.Policy, edits []*Edit, how []Coverage) {
	after = slices.Clone(policies)
	how = make([]Coverage, len(needs))
	for i := range needs {
		n := &needs[i]
		if len(n.Requests) == 0 {
			continue
		}
		e, at, isAll := nearest(after, edits, n)
		switch {
		case isAll && len(edits) > 0:
			how[i] = Edited
			if _, _, isAll := nearest(policies, nil, n); isAll {
				how[i] = Allowed
			}
		case isAll:
			how[i] = Allowed
		case e != nil:
			how[i] = Edited
			after[at].Document = apply(after[at].Document, e)
			edits = join(edits, e)
		}
	}
	return after, edits, how
}

// nearest returns the edit that allows the need and the least besides, and the index of
// its policy. isAll says that none is needed.
func nearest(policies []evaluate.Policy, edits []*Edit, n *Need) (best *Edit, at int, isAll bool) {
	for i := range policies {
		p := &policies[i]
		for j := range p.Document.Statements {
			s := &p.Document.Statements[j]
			if s.Effect != policydoc.Allow {
				continue
			}
			m, ok, all := missOf(p, s, n)
			if all {
				return nil, 0, true
			}
			if !ok {
				continue
			}
			e := editOf(p, s, m, n)
			if e == nil || isEditedOtherwise(edits, e) {
				continue
			}
			if best == nil || less(e, best) {
				best, at = e, i
			}
		}
	}
	return best, at, false
}

func editOf(p *evaluate.Policy, s *policydoc.Statement, m miss, n *Need) *Edit {
	add := additions(p, s, m, n)
	also, ok := widens(s, m.element, n)
	if len(add) == 0 || !ok {
		return nil
	}
	e := &Edit{Place: placeOf(p, s), Element: m.element, Add: slices.Clone(add), Also: also}
	if m.element == Condition {
		e.Operator, e.Key = s.Conditions[m.condition].Operator, s.Conditions[m.condition].Key
	}
	return e
}

// ranks are the elements in the order in which adding to them is preferred: a resource
// concerns the fewest requests.
var ranks = []Element{Resource, Action, Principal, Condition}

func less(a, b *Edit) bool {
	return cmp.Or(cmp.Compare(len(a.Also), len(b.Also)),
		cmp.Compare(slices.Index(ranks, a.Element), slices.Index(ranks, b.Element))) < 0
}

// isSame says whether two edits are of the same statement.
func (p *Place) isSame(o *Place) bool {
	a, b := p.Policy, o.Policy
	return p.Number == o.Number && a.Kind == b.Kind && a.Name == b.Name && a.On == b.On
}

// isEditedOtherwise says whether another element of the statement is edited already.
func isEditedOtherwise(edits []*Edit, e *Edit) bool {
	return slices.ContainsFunc(edits, func(o *Edit) bool {
		return o.isSame(&e.Place) && (o.Element != e.Element || o.Operator != e.Operator || o.Key != e.Key)
	})
}

// join adds an edit to those that were found, or its values to one of the same element.
func join(edits []*Edit, e *Edit) []*Edit {
	i := slices.IndexFunc(edits, func(o *Edit) bool { return o.isSame(&e.Place) })
	if i < 0 {
		return append(edits, e)
	}
	o := edits[i]
	for _, v := range e.Add {
		if !slices.Contains(o.Add, v) {
			o.Add = append(o.Add, v)
		}
	}
	slices.Sort(o.Add)
	for _, v := range e.Also {
		if !slices.Contains(o.Also, v) {
			o.Also = append(o.Also, v)
		}
	}
	return edits
}

// apply returns a document with an edit, which shares the rest with the old one.
func apply(d *policydoc.Document, e *Edit) *policydoc.Document {
	out := *d
	out.Statements = slices.Clone(d.Statements)
	for i := range out.Statements {
		s := &out.Statements[i]
		if s.Number != e.Number {
			continue
		}
		switch e.Element {
		case Principal:
			s.Principals.Values = slices.Clone(s.Principals.Values)
			for _, v := range e.Add {
				s.Principals.Values = append(s.Principals.Values, policydoc.Principal{Type: "AWS", Value: v})
			}
		case Action:
			s.Actions.Values = slices.Concat(s.Actions.Values, e.Add)
		case Resource:
			s.Resources.Values = slices.Concat(s.Resources.Values, e.Add)
		case Condition:
			s.Conditions = slices.Clone(s.Conditions)
			for j := range s.Conditions {
				if c := &s.Conditions[j]; c.Operator == e.Operator && c.Key == e.Key {
					c.Values = slices.Concat(c.Values, e.Add)
				}
			}
		}
	}
	return &out
}
