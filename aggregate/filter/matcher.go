package filter

import (
	"slices"
	"strings"

	"trail403/aggregate/nearest"
)

// Fulfilled are fields of events, as bits in the order of [EventFields].
type Fulfilled uint16

// Asked returns the fields of events that the filter has conditions on.
func (f *Filter) Asked() (asked Fulfilled) {
	for i := range f.conditions {
		if n := slices.Index(EventFields(), f.conditions[i].Field); n >= 0 {
			asked |= 1 << n
		}
	}
	return asked
}

// Asks says whether the filter has conditions on a field.
func (f *Filter) Asks(field Field) bool {
	return slices.ContainsFunc(f.conditions, func(c condition) bool { return c.Field == field })
}

// Matcher judges events one by one, and remembers which conditions none of them
// fulfilled. It is used by one goroutine.
type Matcher struct{ all []judged }

type judged struct {
	condition condition
	index     int // in the filter
	bit       Fulfilled
	matched   bool
	last      string // the value that was compared last
	nearest   string // the most similar value so far
}

// Matcher returns a matcher of the conditions on events, nil if there are none.
func (f *Filter) Matcher() *Matcher {
	if f.Asked() == 0 {
		return nil
	}
	m := &Matcher{}
	for i, c := range f.conditions {
		if n := slices.Index(EventFields(), c.Field); n >= 0 {
			m.all = append(m.all, judged{condition: c, index: i, bit: 1 << n})
		}
	}
	return m
}

// Match returns on which fields an event fulfills a condition. Only one that counts can
// make a condition matched.
func (m *Matcher) Match(e *Event, counts bool) (fulfilled Fulfilled) {
	for i := range m.all {
		j := &m.all[i]
		for _, value := range e.values(j.condition.Field) {
			switch {
			case j.condition.Field.matches(j.condition.pattern.glob, value):
				fulfilled |= j.bit
				j.matched = j.matched || counts
			case counts && !j.matched && value != "" && value != j.last:
				j.last = value
				j.approach(value)
			}
		}
	}
	return fulfilled
}

// approach keeps the value if it is more similar to the pattern than those before it.
// The result does not depend on their order.
func (j *judged) approach(value string) {
	if j.condition.Field == AccessKey {
		return // not to be shown
	}
	lower := strings.ToLower(j.condition.pattern.glob)
	isNear := func(s string) bool { return s != "" && j.condition.Field.matches(lower, strings.ToLower(s)) }
	a, b := min(j.nearest, value), max(j.nearest, value)
	switch {
	case isNear(a):
		j.nearest = a
	case isNear(b):
		j.nearest = b
	case a == "":
		j.nearest = nearest.Word(j.condition.Glob, []string{b})
	default:
		j.nearest = nearest.Word(j.condition.Glob, []string{a, b})
	}
}

// join adds what another matcher of the same filter saw.
func (m *Matcher) join(other *Matcher) {
	for i := range m.all {
		j := &m.all[i]
		j.matched = j.matched || other.all[i].matched
		if s := other.all[i].nearest; s != "" {
			j.approach(s)
		}
	}
}
