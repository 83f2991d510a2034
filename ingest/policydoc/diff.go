package policydoc

import (
	"slices"
	"strconv"
	"strings"
)

// An Op says what a change of a document did to a statement.
type Op string

const (
	Added   Op = "added"
	Removed Op = "removed"
	Changed Op = "changed"
)

// Difference is what a change did to one statement.
type Difference struct {
	Op        Op
	Sid       string
	Statement int // its number in the new document, or, if it was removed, in the old one; 0 for the document itself

	// Before and After are the statement in one line. Of one that changed, they are
	// only the elements that differ, and of their values only those that differ.
	Before, After string
}

// maxDifferences bounds what is shown of a change, so that it is less than a page.
const maxDifferences = 12

// Diff names what differs between two documents, statement by statement. The order
// of statements and of values makes no difference, nor does a list with one value.
// more says how many differences there are beyond those that are returned.
func Diff(before, after *Document) (list []Difference, more int) {
	if before.Version != after.Version {
		list = append(list, Difference{
			Op: Changed, Before: "Version " + before.Version, After: "Version " + after.Version,
		})
	}
	for _, p := range pairs(before, after) {
		switch {
		case p.before == nil:
			list = append(list, Difference{
				Op: Added, Sid: clip(p.after.Sid, shownBytes), Statement: p.after.Number, After: p.after.String(),
			})
		case p.after == nil:
			list = append(list, Difference{
				Op: Removed, Sid: clip(p.before.Sid, shownBytes), Statement: p.before.Number,
				Before: p.before.String(),
			})
		default:
			if d, differs := p.changed(); differs {
				list = append(list, d)
			}
		}
	}
	if more = len(list) - maxDifferences; more > 0 {
		return list[:maxDifferences], more
	}
	return list, 0
}

// changed compares two statements, element by element.
func (p pair) changed() (d Difference, differs bool) {
	b, a := p.before, p.after
	d = Difference{Op: Changed, Sid: clip(a.Sid, shownBytes), Statement: a.Number}
	var before, after []string
	compare := func(nameBefore, nameAfter string, valuesBefore, valuesAfter []string) {
		if nameBefore == nameAfter {
			valuesBefore, valuesAfter = without(valuesBefore, valuesAfter), without(valuesAfter, valuesBefore)
		}
		if nameBefore != "" && (nameBefore != nameAfter || len(valuesBefore) > 0) {
			before = append(before, nameBefore+" "+Join(valuesBefore, ", "))
		}
		if nameAfter != "" && (nameBefore != nameAfter || len(valuesAfter) > 0) {
			after = append(after, nameAfter+" "+Join(valuesAfter, ", "))
		}
	}
	compare("Sid", "Sid", []string{b.Sid}, []string{a.Sid})
	compare("Effect", "Effect", []string{string(b.Effect)}, []string{string(a.Effect)})
	compare(name("Principal", b.Principals.Given, b.Principals.Not),
		name("Principal", a.Principals.Given, a.Principals.Not), b.Principals.values(), a.Principals.values())
	old, fresh := b.Actions.Values, a.Actions.Values
	if b.Actions.Not == a.Actions.Not {
		old, fresh = actionsWithout(old, fresh), actionsWithout(fresh, old)
	}
	compare(name("Action", true, b.Actions.Not), name("Action", true, a.Actions.Not), old, fresh)
	compare(name("Resource", b.Resources.Given, b.Resources.Not), name("Resource", a.Resources.Given, a.Resources.Not),
		b.Resources.Values, a.Resources.Values)
	ofBefore, ofAfter := b.byOperator(), a.byOperator()
	for _, key := range union(ofBefore, ofAfter) {
		valuesBefore, had := ofBefore[key]
		valuesAfter, has := ofAfter[key]
		compare(name(key, had, false), name(key, has, false), valuesBefore, valuesAfter)
	}
	d.Before, d.After = shorten(before), shorten(after)
	return d, len(before)+len(after) > 0
}

// name returns the name of an element that is given.
func name(element string, given, not bool) string {
	switch {
	case !given:
		return ""
	case not:
		return "Not" + element
	}
	return element
}

// without returns the values that are not among the others.
func without(values, others []string) []string {
	known := make(map[string]bool, len(others))
	for _, v := range others {
		known[v] = true
	}
	var list []string
	for _, v := range values {
		if !known[v] {
			list = append(list, v)
		}
	}
	return list
}

// actionsWithout returns the actions that are not among the others in any case.
func actionsWithout(values, others []string) []string {
	known := make(map[string]bool, len(others))
	for _, v := range others {
		known[lower(v)] = true
	}
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return known[lower(v)] })
}

// byOperator returns the values of the conditions, by operator and key.
func (s *Statement) byOperator() map[string][]string {
	all := map[string][]string{}
	for _, c := range s.Conditions {
		key := "Condition " + c.Operator + " " + c.Key
		all[key] = append(all[key], c.Values...)
	}
	return all
}

// union returns the keys of both, sorted.
func union(a, b map[string][]string) []string {
	var list []string
	for key := range a {
		list = append(list, key)
	}
	for key := range b {
		if _, both := a[key]; !both {
			list = append(list, key)
		}
	}
	slices.Sort(list)
	return list
}

// maxElements bounds how many elements of one statement are shown.
const maxElements = 4

func shorten(elements []string) string {
	more := len(elements) - maxElements
	if more <= 0 {
		return strings.Join(elements, "; ")
	}
	return strings.Join(elements[:maxElements], "; ") + "; and " + strconv.Itoa(more) + " more elements"
}
