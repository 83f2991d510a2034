package words

import (
	"strings"

	"trail403/aggregate"
)

// Rule returns the rule of an exclusion as its file has it, or the filters as the
// command line has them.
func Rule(e *aggregate.Exclusion) string {
	if len(e.Filters) == 0 {
		return e.Rule
	}
	var flags []string
	for _, c := range e.Filters {
		flags = append(flags, "--"+string(c.Field)+"="+c.Glob)
	}
	return strings.Join(flags, " ")
}
