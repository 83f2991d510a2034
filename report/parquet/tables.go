package parquet

// Table says what the rows of a file are.
type Table string

// The tables.
const (
	Series    Table = "series"    // one row for each group and each interval that is not zero
	Groups    Table = "groups"    // one row for each group
	Denials   Table = "denials"   // one row for each denial
	Incidents Table = "incidents" // one row for each incident
	Changes   Table = "changes"   // one row for each access change that is referred to
	Policies  Table = "policies"  // one row for each policy
	Coverage  Table = "coverage"  // one row for each number of what was read
)

// Tables returns all tables.
func Tables() []Table {
	return []Table{Series, Groups, Denials, Incidents, Changes, Policies, Coverage}
}

// Options say what to write.
type Options struct {
	Table Table
	// Zeros adds the intervals without denials to Series.
	Zeros bool
}

// rows walks the rows of a table, and stops at the first error that emit returns.
type rows[T any] func(emit func(T) error) error
