package filter

// Selection is which denials a report is about. The zero value is all of them.
// It may be used by several goroutines, and is not changed while it is.
type Selection struct {
	Only  Filter
	Rules []Rule
}

// IsAll says whether nothing is left out.
func (s *Selection) IsAll() bool { return len(s.Only.conditions) == 0 && len(s.Rules) == 0 }

// What leaves a denial out, if it is not the rule of that number.
const (
	Nothing    = -2
	TheFilters = -1
)

// Excludes returns what leaves a denial out: Nothing, TheFilters, or the number
// of the first rule that takes it. Rules see only what the filters keep.
func (s *Selection) Excludes(d *Denial) int {
	v := viewOf(d)
	if !s.Only.keeps(v, Fields()...) {
		return TheFilters
	}
	return s.rule(v)
}

func (s *Selection) rule(d *view) int {
	for i := range s.Rules {
		if s.Rules[i].takes(d) {
			return i
		}
	}
	return Nothing
}

// WillExclude says of a denial as one record tells it whether it will be left
// out, where that is certain. Other records may yet tell the path of the
// principal and the account of the bucket, so that filters on these do not
// count here. (A rule counts. That the last path of a role differs from one
// that a rule names is so rare that it may cost an example its message.)
func (s *Selection) WillExclude(d *Denial) bool {
	v := viewOf(d)
	return !s.Only.keeps(v, Action, Bucket, Cause, Policy) || s.rule(v) != Nothing
}
