package rows

import (
	"fmt"
	"sync/atomic"
)

// Limits bound the memory of a run. All shards of a run share one. The value 0
// means the default.
type Limits struct {
	Rows   int // denials and changes, with their copies; a large policy document counts as many
	Groups int

	rows atomic.Int64
}

// Defaults of the limits. A row takes about 140 bytes at the peak, a group 4 to
// 7 KB: see docs/performance.md.
const (
	DefaultMaxRows   = 50_000_000
	DefaultMaxGroups = 1_000_000
)

func (l *Limits) maxRows() int {
	if l.Rows == 0 {
		return DefaultMaxRows
	}
	return l.Rows
}

func (l *Limits) maxGroups() int {
	if l.Groups == 0 {
		return DefaultMaxGroups
	}
	return l.Groups
}

// Limited names what a limit counts.
type Limited string

// What is limited. Parts are those of a breakdown, for which the limit of groups
// holds too.
const (
	OverRows   Limited = "denials and changes"
	OverGroups Limited = "groups"
	OverParts  Limited = "parts of a breakdown"
)

// LimitError says that a run found more of something than its limit allows.
type LimitError struct {
	What Limited
	Max  int
}

func (e *LimitError) Error() string { return fmt.Sprintf("limit of %d %s exceeded", e.Max, e.What) }

// addRow counts one more denial.
func (l *Limits) addRow() error { return l.addRows(1) }

// addRows counts what takes the memory of so many denials.
func (l *Limits) addRows(more int) error {
	if n := l.rows.Add(int64(more)); n > int64(l.maxRows()) {
		return &LimitError{OverRows, l.maxRows()}
	}
	return nil
}

// Check returns an error if n groups or parts are too many.
func (l *Limits) Check(what Limited, n int) error {
	if n > l.maxGroups() {
		return &LimitError{what, l.maxGroups()}
	}
	return nil
}
