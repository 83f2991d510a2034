package filter

// Selection says which denials a report is about. The zero value is all of them.
// Several goroutines may use it, and nothing changes it while they do.
type Selection struct {
	Only  Filter
	Rules []Rule
}

// IsAll says whether nothing is left out.
func (s *Selection) IsAll() bool { return len(s.Only.conditions) == 0 && len(s.Rules) == 0 }

// What leaves a denial out, if it is not a rule.
const (
	Nothing    = -2
	TheFilters = -1
)

// Excludes returns what leaves a denial out: Nothing, TheFilters, or the index of the
// first rule that takes it. Rules apply only to what the filters keep.
func (s *Selection) Excludes(d *Denial) int {
	v := viewOf(d)
	if !s.Only.keeps(v, append(Fields(), FoundFields()...)...) {
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

// WillExclude says whether a denial, as one record shows it, will certainly be left
// out. Other records may still show the path of the principal and the account of the
// bucket, so filters on these do not count here. (Rules do count. The last path of a
// role rarely differs from the one that a rule names, and then an example only loses
// its message.)
func (s *Selection) WillExclude(d *Denial) bool {
	v := viewOf(d)
	return !s.Only.keeps(v, Action, Bucket, Cause, Policy) || s.rule(v) != Nothing
}
