package filter

import (
	"maps"
	"slices"
	"strings"

	"trail403/aggregate/nearest"
)

// Unmatched is a pattern that no denial matches: probably a slip of its writer.
type Unmatched struct {
	File    string // of the rule, "" for a filter
	Line    int
	Field   Field  // empty where each pattern of a rule matches some denials, but never the same
	Pattern string // or the entire rule, without a field
	Nearest string // the name in the log that is most similar, or ""
}

// Watch looks at all denials and finds which patterns of a selection match none. A
// rule is judged by all denials, also by those that filters or other rules take.
type Watch struct {
	selection *Selection
	filters   []bool   // which conditions of the filter matched
	rules     []bool   // which rules matched
	parts     [][]bool // which conditions of each rule matched
	names     map[Field]map[string]bool
	events    *Matcher
}

// Watch starts to look.
func (s *Selection) Watch() *Watch {
	w := &Watch{
		selection: s, filters: make([]bool, len(s.Only.conditions)), rules: make([]bool, len(s.Rules)),
		names: map[Field]map[string]bool{},
	}
	use := func(conditions []condition) {
		for _, c := range conditions {
			if w.names[c.Field] == nil {
				w.names[c.Field] = map[string]bool{}
			}
		}
	}
	use(s.Only.conditions)
	for _, r := range s.Rules {
		use(r.conditions)
		w.parts = append(w.parts, make([]bool, len(r.conditions)))
	}
	return w
}

// Join adds what a matcher saw of single events.
func (w *Watch) Join(m *Matcher) {
	if w.events == nil {
		w.events = w.selection.Only.Matcher()
	}
	if w.events != nil && m != nil {
		w.events.join(m)
	}
}

// ofEvents returns whether an event matched the condition of the filter with a
// number, if it is one on events, and the most similar value.
func (w *Watch) ofEvents(index int) (matched bool, nearest string) {
	if w.events != nil {
		for _, j := range w.events.all {
			if j.index == index {
				return j.matched, j.nearest
			}
		}
	}
	return false, ""
}

// See looks at a denial. One of many that are alike is enough.
func (w *Watch) See(d *Denial) {
	v := viewOf(d)
	for i := range w.filters {
		w.filters[i] = w.filters[i] || w.selection.Only.conditions[i].holds(v)
	}
	for i := range w.rules {
		all := true
		for j := range w.parts[i] {
			holds := w.selection.Rules[i].conditions[j].holds(v)
			w.parts[i][j] = w.parts[i][j] || holds
			all = all && holds
		}
		w.rules[i] = w.rules[i] || all
	}
	for field, names := range w.names {
		for _, name := range v.names(field) {
			if name != "" {
				names[name] = true
			}
		}
	}
}

// names returns the values that a condition on the field is compared with.
func (d *view) names(field Field) []string {
	switch field {
	case Principal:
		return []string{d.Principal, d.key}
	case Action:
		return []string{d.Action}
	case Bucket:
		return []string{d.Bucket}
	case Account:
		return []string{d.account, d.BucketAccount, d.Recipient}
	case Cause:
		return []string{d.Cause}
	case Group:
		return []string{d.Group}
	case Incident:
		return []string{d.Incident}
	}
	return []string{d.PolicyARN}
}

// Unmatched returns the patterns that matched nothing, in the order of the flags and
// files. Without any denial there is nothing to match.
func (w *Watch) Unmatched(denials int) (list []Unmatched) {
	if denials == 0 {
		return nil
	}
	for i, c := range w.selection.Only.conditions {
		if slices.Contains(EventFields(), c.Field) {
			if matched, near := w.ofEvents(i); !matched {
				list = append(list, Unmatched{Field: c.Field, Pattern: c.Glob, Nearest: near})
			}
		} else if !w.filters[i] {
			list = append(list, Unmatched{Field: c.Field, Pattern: c.Glob, Nearest: w.nearest(&c)})
		}
	}
	for i := range w.selection.Rules {
		r := &w.selection.Rules[i]
		if w.rules[i] || r.Expired {
			continue
		}
		u := Unmatched{File: r.File, Line: r.Line, Pattern: r.Text}
		if j := slices.Index(w.parts[i], false); j >= 0 {
			c := &r.conditions[j]
			u.Field, u.Pattern, u.Nearest = c.Field, c.Glob, w.nearest(c)
		}
		list = append(list, u)
	}
	return list
}

// maxNames bounds how many names a pattern is compared with.
const maxNames = 100_000

// nearest returns the name that the pattern matches but for its case, or else the one
// with the fewest typing errors.
func (w *Watch) nearest(c *condition) string {
	names := slices.Sorted(maps.Keys(w.names[c.Field]))
	names = names[:min(len(names), maxNames)]
	lower := c.pattern
	lower.glob = strings.ToLower(lower.glob)
	for _, name := range names {
		if lower.matches(strings.ToLower(name)) {
			return shown(c, name)
		}
	}
	for i, name := range names {
		names[i] = shown(c, name)
	}
	return nearest.Word(c.Glob, names)
}

// shown returns a name as the pattern is written: complete, or without what is before
// the last colon or slash.
func shown(c *condition, name string) string {
	if !c.pattern.name {
		return name
	}
	name = name[strings.LastIndexByte(name, ':')+1:]
	if strings.Contains(c.Glob, "/") {
		return name
	}
	return name[strings.LastIndexByte(name, '/')+1:]
}
